import type { TableRow, TableSheet } from '@followthrough/imports/files';
import type { StateNames } from '../states';
import type { ColumnPreview, MappedField, Mapping } from '../types';
import { headingNames, oneLine } from '../words';
import { contradicts, fieldOfValues } from './by-values';
import { fieldOfHeading } from './synonyms';

/** The part of a sheet that tells how to read it. */
export interface HeadedSheet {
  sheet: TableSheet;
  /** how many rows stand before the headings */
  headingIndex: number;
  headings: string[];
  /** cells of rows below the headings, enough to guess by */
  samples: string[][];
}

const HEADING_SEARCH_ROWS = 30;
const SAMPLE_ROWS = 200;
/** Fields that may be fed by several columns. */
const LISTS = new Set<MappedField>([
  'themes',
  'groups',
  'sdgs',
  'recommendingStates',
  'supportingInstitutions',
  'note',
]);

/** What other lists than those of recommendations do not have. */
const TELLING: MappedField[] = ['position', 'symbol', 'session', 'mechanism', 'paragraph'];

/** The headings of a sheet: the row that names most fields; null for a sheet without a table. */
export async function findHeadings(sheet: TableSheet, headingRow?: number): Promise<HeadedSheet | null> {
  const rows: TableRow[] = [];
  for await (const row of sheet.rows()) {
    if (!row.damage) rows.push(row);
    if (rows.length >= HEADING_SEARCH_ROWS + SAMPLE_ROWS) break;
  }
  const index =
    headingRow === undefined
      ? likeliestHeadings(rows)
      : rows.findIndex((row) => numberOf(row) === headingRow);
  const heading = rows[index];
  if (!heading) return null;
  return {
    sheet,
    headingIndex: index,
    headings: headingNames(heading.cells),
    samples: rows.slice(index + 1, index + 1 + SAMPLE_ROWS).map((row) => row.cells),
  };
}

/** Number of a row as a person sees it: of the sheet, or the line of a delimited text. */
export function numberOf(row: TableRow): number {
  return 'line' in row.at ? row.at.line : row.at.row;
}

function likeliestHeadings(rows: TableRow[]): number {
  let best = -1;
  let bestScore = 0;
  rows.slice(0, HEADING_SEARCH_ROWS).forEach((row, index) => {
    const fields = row.cells.map(fieldOfHeading);
    const different = new Set(fields.map((found) => found?.field)).size - (fields.includes(null) ? 1 : 0);
    const exact = fields.filter((found) => found?.exact).length;
    const score = different * 2 + exact / 10;
    if (different >= 2 && score > bestScore) [best, bestScore] = [index, score];
  });
  if (best >= 0) return best;
  // Headings in words that nobody foresaw: the first row in which several short texts stand.
  return rows.findIndex((row, index) => {
    const filled = row.cells.filter((cell) => cell.trim() !== '');
    const short = filled.every((cell) => cell.length <= 60 && !/^\d+([.,]\d+)?$/.test(cell));
    return filled.length >= 2 && short && isTable(row, rows.slice(index + 1));
  });
}

/** Whether lines below the headings have as many cells, as those of a letter with commas in it have not. */
function isTable(heading: TableRow, below: TableRow[]): boolean {
  if (!('line' in heading.at)) return true;
  const even = below.filter((row) => row.cells.length === heading.cells.length).length;
  return even >= below.length * 0.7;
}

/** Columns by heading, then by values where the heading does not tell. Never two columns for a single value. */
export function guessMapping(
  headed: HeadedSheet,
  names: StateNames,
): { mapping: Mapping; columns: ColumnPreview[] } {
  const guesses = new Map<string, MappedField>();
  const taken = new Set<MappedField>();
  const take = (heading: string, field: MappedField) => {
    if (taken.has(field) && !LISTS.has(field)) return;
    taken.add(field);
    guesses.set(heading, field);
  };
  const values = headed.headings.map((_, column) => headed.samples.map((row) => row[column] ?? ''));
  const wanted = headed.headings.map((heading, column) => {
    const found = fieldOfHeading(heading.replace(/ \(\d+\)$/, ''));
    if (!found) return null;
    const other = contradicts(found.field, values[column]!, names);
    return other ? { field: other, exact: false } : found;
  });
  for (const exact of [true, false]) {
    headed.headings.forEach((heading, column) => {
      const found = wanted[column];
      if (found && found.exact === exact && !guesses.has(heading)) take(heading, found.field);
    });
  }
  headed.headings.forEach((heading, column) => {
    if (guesses.has(heading)) return;
    const field = fieldOfValues(values[column]!, names);
    // A long text beside the recommendation is a comment, a second date nobody knows what.
    if (field && !taken.has(field)) take(heading, field);
  });
  const columns = previews(headed, values, guesses);
  // Long texts alone make no list of recommendations; a person has to say that they are.
  const textHeading = [...guesses].find(([, field]) => field === 'text')?.[0];
  const named = wanted.some((found) => found?.field === 'text' || found?.field === 'recommendingStates');
  if (textHeading && !named && !TELLING.some((field) => taken.has(field))) guesses.delete(textHeading);
  return { mapping: mappingOf(headed, guesses), columns };
}

function mappingOf(headed: HeadedSheet, guesses: Map<string, MappedField>): Mapping {
  const columns: Partial<Record<MappedField, string | string[]>> = {};
  for (const [heading, field] of guesses) {
    const known = columns[field];
    columns[field] = known === undefined ? heading : [known, heading].flat();
  }
  const mapping: Mapping = { columns };
  if (headed.sheet.name !== '') mapping.sheet = headed.sheet.name;
  return mapping;
}

/** What the page that matches columns shows. */
export function previews(
  headed: HeadedSheet,
  values: string[][],
  guesses: Map<string, MappedField>,
): ColumnPreview[] {
  return headed.headings.map((name, column) => ({
    name,
    samples: [...new Set(values[column]!.map(oneLine))]
      .filter((value) => value !== '')
      .slice(0, 5)
      .map((value) => (value.length > 200 ? `${value.slice(0, 200)}…` : value)),
    guess: guesses.get(name) ?? null,
  }));
}
