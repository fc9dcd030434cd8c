import type { FileSource } from '@followthrough/imports/files';

/** The donor files this product reads. */
export type DonorFormat = 'iati-activities' | 'iati-organisations' | 'amp-csv';

/**
 * Something that is wrong with a file, and where. `ruleId`:
 * - `schema`: the XML schema of the standard does not allow it; the sentence is libxml2's
 * - `xml`: it is no well-formed XML, or cannot be read as such; what it says is not counted
 * - `amount`: an amount cannot be read, so it is in no sum (error), or is read although the standard writes
 *   amounts otherwise (warning)
 * - `version`: the file names no version of the standard that there is
 * - `file`: the container is damaged, cut off, or holds something else as well
 */
export interface Finding {
  ruleId: 'schema' | 'xml' | 'amount' | 'version' | 'file';
  severity: 'error' | 'warning';
  /** identifier of the activity or organisation it is in, '' outside of all or where there is none */
  activity: string;
  /** line of the file on which what is wrong begins, 1-based */
  line: number;
  /** place in that line in characters, 1-based; in delimited text the number of the column */
  column: number;
  message: string;
  /** which file of a zip archive; absent elsewhere */
  file?: string;
}

/** What inspecting needs of a transaction. Texts are as written, trimmed; '' where there is none. */
export interface Transaction {
  /** code of the transaction type: '3', in 1.0x 'D' */
  type: string;
  /** of the value, else the default of its activity */
  currency: string;
  /** exact decimal without exponent; null where none can be read */
  value: string | null;
}

/** One activity that could be read, valid or not. In a table of transactions, one row of it. */
export interface ActivityRow {
  outcome: 'activity';
  /** more of an activity that was there before, or of none */
  continued?: true;
  identifier: string;
  line: number;
  column: number;
  transactions: Transaction[];
  findings: Finding[];
}

/** One organisation of an organisation file. */
export interface OrganisationRow {
  outcome: 'organisation';
  identifier: string;
  line: number;
  column: number;
  findings: Finding[];
}

/** What is wrong outside of the activities and organisations that could be read. */
export interface FindingRow {
  outcome: 'finding';
  finding: Finding;
  /** the activity or organisation is lost by it: it is not counted */
  unread: boolean;
}

export type DonorRow = ActivityRow | OrganisationRow | FindingRow;

/** How the columns of an export of an Aid Management Platform are read. Headings are matched without case. */
export interface AmpMapping {
  /** heading of what identifies the activity of a row */
  activity: string;
  /** heading of the transaction type of a row; absent where the amounts stand in columns by type */
  type?: string;
  /** codes by what the type column says, matched without case; what is not listed stays as written */
  types?: Record<string, string>;
  /** heading of the currency; absent where all amounts are in one */
  currency?: string;
  /** where no column names the currency, or a cell is empty */
  defaultCurrency?: string;
  /** the columns that hold amounts; `type` where it is the same for the whole column */
  amounts: { column: string; type?: string }[];
}

/** A mapping that can be saved, shared as a JSON file and applied to the next file of the same kind. */
export interface AmpTemplate {
  template: 'followthrough-amp/1';
  id: string;
  name: string;
  mapping: AmpMapping;
}

export interface DonorRequest {
  source: FileSource;
  /** id of a built-in AMP template, or one of one's own; for delimited text only */
  template?: string | AmpTemplate;
}

/** What is known of a file before its rows are read. */
export interface DonorHeader {
  format: DonorFormat;
  /** id of the AMP template in use */
  template: string | null;
}

/** What is known of a file once its rows have been read. */
export interface DonorFooter {
  /** of XML `version` as the files name it, each once, in order; empty for AMP */
  versions: string[];
  /** how the text was decoded, each once, in order */
  encodings: string[];
}

/** What a document (an activity in its root, say) looks like to the schema. Positions count from its beginning. */
export interface Verdict {
  /** why it is no XML; the rest is then empty. `column` in bytes, 1-based */
  malformed: { message: string; line: number; column: number } | null;
  violations: { message: string; path: string }[];
  /** violations beyond those listed */
  further: number;
}

/**
 * Parses a UTF-8 document and validates it.
 * @param schema of which version and kind, e.g. '2.03/iati-activities-schema.xsd'
 */
export type SchemaJudge = (document: Uint8Array, schema: string) => Verdict;
