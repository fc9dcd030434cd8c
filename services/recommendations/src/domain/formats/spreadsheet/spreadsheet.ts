import { type TableFile, type TableRow, UnreadableFile } from '@followthrough/imports/files';
import { RecordMaker } from '../record';
import { StateNames } from '../states';
import type {
  ColumnPreview,
  DocumentFacts,
  MappedField,
  Mapping,
  MappingTemplate,
  RejectedRow,
  SourceRow,
} from '../types';
import { rawCells } from '../words';
import { MappedCells } from './cells';
import { findHeadings, guessMapping, type HeadedSheet, previews } from './guess';
import { OWN_EXPORT_TEMPLATE } from './own-export';
import { BadCell, type RowSettings, spreadsheetRow } from './row';
import { recognisedTemplate } from './templates';

export interface SpreadsheetRequest {
  template?: MappingTemplate;
  mapping?: Mapping;
  document?: Partial<DocumentFacts>;
}

export interface Spreadsheet {
  template?: string;
  mapping: Mapping;
  columns: ColumnPreview[];
  missing: MappedField[];
  rows(): AsyncGenerator<SourceRow | RejectedRow>;
}

/**
 * Opens any table: with the mapping that is given, that of a built-in template whose headings are recognised, or a
 * guessed one. Throws `UnreadableFile` where there is no table at all.
 */
export async function openSpreadsheet(file: TableFile, request: SpreadsheetRequest): Promise<Spreadsheet> {
  const given = request.mapping ?? request.template?.mapping;
  const headed = await headedSheet(file, given);
  const recognised = given ? null : recognisedTemplate(headed.headings);
  const template = request.mapping ? undefined : (request.template ?? recognised ?? undefined);
  const names = new StateNames(template?.id === OWN_EXPORT_TEMPLATE);
  const guessed = guessMapping(headed, names);
  const mapping = withFacts(given ?? template?.mapping ?? guessed.mapping, request.document);
  const cells = new MappedCells(mapping, headed.headings, {
    unprotect: template?.id === OWN_EXPORT_TEMPLATE,
  });
  const needed: MappedField[] = ['text', 'stateUnderReview'];
  const settings: RowSettings = {
    cells,
    names,
    dateOrder: mapping.dateOrder ?? 'dmy',
    numbersInText: template?.id === 'uhri',
  };
  return {
    ...(template ? { template: template.id } : {}),
    mapping,
    columns: given || template ? columnsOf(headed, mapping) : guessed.columns,
    missing: needed.filter((field) => !cells.has(field)),
    rows: () => rowsOf(headed, settings, new RecordMaker(familyOf(template))),
  };
}

/** What identifies records among editions: built-in templates have sources of their own, all other lists are one. */
function familyOf(template: MappingTemplate | undefined): string {
  return template?.id === 'uhri' || template?.id === OWN_EXPORT_TEMPLATE
    ? `spreadsheet:${template.id}`
    : 'spreadsheet';
}

async function headedSheet(file: TableFile, mapping: Mapping | undefined): Promise<HeadedSheet> {
  const named =
    mapping?.sheet === undefined ? [] : file.sheets.filter((sheet) => sheet.name === mapping.sheet);
  const sheets =
    named.length > 0 ? named : [...file.sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden));
  let best: HeadedSheet | null = null;
  let bestScore = -1;
  for (const sheet of sheets) {
    const headed = await findHeadings(sheet, mapping?.headingRow);
    if (!headed) continue;
    const score =
      headed.samples.length === 0
        ? 0
        : Object.keys(guessMapping(headed, new StateNames()).mapping.columns).length;
    if (score > bestScore) [best, bestScore] = [headed, score];
  }
  if (best) return best;
  throw new UnreadableFile(
    'The file has no table: there is no row of headings with rows below it.',
    'Put a row of headings (State under review, Recommendation, Position, ...) above the rows.',
  );
}

/** A mapping in which what a person said about the document stands for columns that are missing. */
function withFacts(mapping: Mapping, document: Partial<DocumentFacts> = {}): Mapping {
  const constants: Mapping['constants'] = { ...mapping.constants };
  for (const field of ['stateUnderReview', 'mechanism', 'cycle', 'session', 'symbol', 'date'] as const) {
    const fact = document[field];
    if (fact !== null && fact !== undefined) constants[field] ??= String(fact);
  }
  return Object.keys(constants).length > 0 ? { ...mapping, constants } : mapping;
}

function columnsOf(headed: HeadedSheet, mapping: Mapping): ColumnPreview[] {
  const fields = new Map<string, MappedField>();
  for (const [field, names] of Object.entries(mapping.columns) as [MappedField, string | string[]][]) {
    for (const name of [names].flat()) fields.set(name, field);
  }
  const values = headed.headings.map((_, column) => headed.samples.map((row) => row[column] ?? ''));
  return previews(headed, values, fields);
}

async function* rowsOf(
  headed: HeadedSheet,
  settings: RowSettings,
  records: RecordMaker,
): AsyncGenerator<SourceRow | RejectedRow> {
  let before = headed.headingIndex + 1;
  for await (const row of headed.sheet.rows()) {
    if (before > 0 && !row.damage) {
      before -= 1;
      continue;
    }
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    yield readRow(row, headed.headings, settings, records);
  }
}

function readRow(
  row: TableRow,
  headings: string[],
  settings: RowSettings,
  records: RecordMaker,
): SourceRow | RejectedRow {
  const raw = rawCells(headings, row.cells);
  if (row.damage) {
    const reason = `The row cannot be read: ${row.damage}.`;
    return {
      outcome: 'rejected',
      at: row.at,
      reason,
      cure: 'Correct the row in the file, or leave it out.',
      raw,
    };
  }
  try {
    return records.make(spreadsheetRow(row, raw, settings));
  } catch (error) {
    if (!(error instanceof BadCell)) throw error;
    return {
      outcome: 'rejected',
      at: error.at,
      reason: `The row is left out: ${error.reason}.`,
      cure: error.cure,
      raw,
    };
  }
}
