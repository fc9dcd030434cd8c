import type { Address, FileSource } from '@followthrough/imports/files';

/** The formats this product reads. `spreadsheet` is any table that a mapping explains. */
export type FileFormat = 'upr-info-csv' | 'upr-info-xls' | 'ohchr-matrix' | 'spreadsheet';

/** `''` where the source knows no position (treaty bodies, pledges). */
export type Position = 'supported' | 'noted' | 'partly' | 'pending' | 'unclear' | '';

export type RecordKind = 'recommendation' | 'pledge';

/** A State as the file names it. `code` (ISO 3166 alpha-3) is null while nobody can say which State is meant. */
export interface StateMention {
  raw: string;
  code: string | null;
  /** alpha-3 codes that the name may mean, best first; empty when `code` is known */
  suggestions: string[];
}

/** One of several texts under a single paragraph number, each with its own recommending States. */
export interface Clause {
  text: string;
  recommendingStates: StateMention[];
}

/** What only the State's own institutions may see. Empty strings and lists where the file says nothing. */
export interface InternalFields {
  leadInstitution: string;
  supportingInstitutions: string[];
  /** ISO date (YYYY-MM-DD) or '' */
  deadline: string;
  status: string;
  note: string;
}

/** Something a person has to decide. The row is kept meanwhile. */
export interface OpenQuestion {
  about: 'stateUnderReview' | 'recommendingState';
  raw: string;
  suggestions: string[];
}

/**
 * One source record: what one row of a file says, in the product's terms.
 *
 * - `paragraph` is a string, for 140.10 is not 140.1; `''` where the source has none. `symbol` is that of the
 *   document that contains the recommendation (the Working Group report, never its Add.1), or `''`.
 * - `mechanism` is 'UPR' or the treaty body or procedure ('CEDAW', 'CRC', ...).
 * - `cycle` and `session` are UPR numbers, null where unknown or not UPR. `actionCategory` is UPR Info's 1-5.
 * - `themes` and `groups` are the source's own labels, in its order; `sdgs` are '5' or '16.2'.
 * - `date` is ISO (YYYY-MM-DD) or '': when the document was published or the review held, as the source says.
 * - `raw` holds the row's cells by heading, as decoded, for provenance; a repeated heading is numbered (`Org (2)`).
 * - `identityKey` says "the same record in another edition of the source", `contentHash` "unchanged since".
 *   Both are lower-case hex SHA-256 and equal for CSV, XLS and any encoding of the same content. `identityKey`
 *   already contains `occurrence` (1 for the first of several equal rows of a file, 2 for the next, ...).
 */
export interface SourceRow {
  outcome: 'row';
  at: Address;
  kind: RecordKind;
  mechanism: string;
  stateUnderReview: StateMention;
  cycle: number | null;
  session: number | null;
  symbol: string;
  paragraph: string;
  text: string;
  /** BCP 47, 'en' unless the source says otherwise */
  language: string;
  /** two or more where one paragraph holds several texts; absent otherwise */
  clauses?: Clause[];
  recommendingStates: StateMention[];
  position: Position;
  /** where the position is stated, e.g. 'A/HRC/28/15/Add.1 - Para. 3'; '' if the source does not say */
  positionSource: string;
  actionCategory: number | null;
  themes: string[];
  groups: string[];
  sdgs: string[];
  date: string;
  /** identifier the row carries itself: a UHRI annotation id, or our own recommendation id after an export */
  externalId: string;
  internal: InternalFields;
  openQuestions: OpenQuestion[];
  raw: Record<string, string>;
  identityKey: string;
  contentHash: string;
  occurrence: number;
}

/** A row that could not be read. The rows around it are unharmed. */
export interface RejectedRow {
  outcome: 'rejected';
  at: Address;
  reason: string;
  cure: string;
  raw: Record<string, string>;
}

/** What the file as a whole is about; null where it does not say, or where its rows differ. */
export interface DocumentFacts {
  stateUnderReview: string | null;
  /** the State as written, when `stateUnderReview` is null although the file names one */
  stateUnderReviewRaw: string | null;
  mechanism: string | null;
  cycle: number | null;
  session: number | null;
  symbol: string | null;
  /** ISO date of the document */
  date: string | null;
}

/** The fields of a record that a column of a spreadsheet can fill. */
export type MappedField =
  | 'stateUnderReview'
  | 'mechanism'
  | 'cycle'
  | 'session'
  | 'symbol'
  | 'paragraph'
  | 'text'
  | 'language'
  | 'recommendingStates'
  | 'position'
  | 'kind'
  | 'actionCategory'
  | 'themes'
  | 'groups'
  | 'sdgs'
  | 'date'
  | 'externalId'
  | 'leadInstitution'
  | 'supportingInstitutions'
  | 'deadline'
  | 'status'
  | 'note';

/**
 * How a spreadsheet is read. `columns` gives each field its heading (as written; the second of two equal headings
 * is `Heading (2)`); several headings may feed a list field. `values` translates what cells say (matched without
 * regard to case, accents and outer blanks). `constants` fill what no column says.
 */
export interface Mapping {
  /** worksheet by name; the first with a usable heading row if absent */
  sheet?: string;
  /** row of the headings, 1-based; found by content if absent */
  headingRow?: number;
  columns: Partial<Record<MappedField, string | string[]>>;
  values?: Partial<Record<MappedField, Record<string, string>>>;
  constants?: Partial<Record<MappedField, string>>;
  /** what separates the values of a list cell besides line ends, e.g. ';'; guessed if absent */
  separators?: Partial<Record<MappedField, string>>;
  /** how 03/04/2025 is meant; 'dmy' if absent */
  dateOrder?: 'dmy' | 'mdy';
}

/** A mapping that can be saved, shared as a JSON file and applied to the next file of the same kind. */
export interface MappingTemplate {
  template: 'followthrough-mapping/1';
  id: string;
  name: string;
  mapping: Mapping;
}

/** A column of a spreadsheet as the matching page shows it. */
export interface ColumnPreview {
  name: string;
  samples: string[];
  guess: MappedField | null;
}

export interface ReadLimits {
  /** rows of one file; beyond it the file is refused */
  maxRows?: number;
}

export interface OpenRequest {
  source: FileSource;
  /** file name as the person gave it: a last resort for session and State, never for the format */
  name: string;
  /** an id of a built-in template ('uhri', 'followthrough-export'), a template, or a bare mapping */
  template?: string | MappingTemplate;
  mapping?: Mapping;
  /** what a person said about the document, filling what the file leaves open */
  document?: Partial<DocumentFacts>;
  limits?: ReadLimits;
}

/**
 * An opened file. `document`, `warnings` and `encoding` are complete once `rows` has been read to its end; `rows`
 * can be read once.
 */
export interface OpenedFile {
  format: FileFormat;
  document: DocumentFacts;
  /** sentences about the file as a whole: macros present and not run, encoding guessed from few letters, ... */
  warnings: string[];
  /** of delimited text only, e.g. 'macintosh' */
  encoding: string | null;
  /** of spreadsheets only */
  columns?: ColumnPreview[];
  /** the mapping in use: given, of the template, or guessed */
  mapping?: Mapping;
  /** id of the template that was recognised or given */
  template?: string;
  /** fields that must be mapped (or given as constants) before rows make sense; empty when ready */
  missing: MappedField[];
  rows: AsyncIterable<SourceRow | RejectedRow>;
}

/** What is known of a file before its rows are read (an OpenedFile without its rows, for another thread). */
export type FileHeader = Omit<OpenedFile, 'rows' | 'warnings' | 'encoding'>;

/** What is known of a file once its rows have been read. */
export type FileFooter = Pick<OpenedFile, 'document' | 'warnings' | 'encoding'>;
