import type { TableRow, TableSheet } from '@followthrough/imports/files';
import { RecordMaker } from '../record';
import { StateNames } from '../states';
import type { RejectedRow, SourceRow } from '../types';
import { headingNames, rawCells } from '../words';
import { type UprInfoColumns, uprInfoColumns } from './headings';
import { uprInfoRow } from './row';

/** Rows before the headings that may hold a title. */
const HEADING_SEARCH_ROWS = 10;

export interface UprInfoTable {
  sheet: TableSheet;
  headingAt: number;
  headings: string[];
  columns: UprInfoColumns;
}

/** Finds UPR Info's table among the sheets of a file; null if the file is something else. */
export async function findUprInfoTable(sheets: TableSheet[]): Promise<UprInfoTable | null> {
  for (const sheet of sheets) {
    let seen = 0;
    for await (const row of sheet.rows()) {
      const columns = row.damage ? null : uprInfoColumns(row.cells);
      if (columns) return { sheet, headingAt: seen, headings: headingNames(row.cells), columns };
      seen += 1;
      if (seen >= HEADING_SEARCH_ROWS) break;
    }
  }
  return null;
}

/** The source records of the table, one a row, in order. */
export async function* uprInfoRows(table: UprInfoTable): AsyncGenerator<SourceRow | RejectedRow> {
  const records = new RecordMaker('upr-info');
  const names = new StateNames();
  let index = 0;
  for await (const row of table.sheet.rows()) {
    const passed = index > table.headingAt && row.cells.some((cell) => cell.trim() !== '');
    index += 1;
    if (passed) yield readRow(row, table, records, names);
  }
}

function readRow(
  row: TableRow,
  table: UprInfoTable,
  records: RecordMaker,
  names: StateNames,
): SourceRow | RejectedRow {
  const raw = rawCells(table.headings, row.cells);
  const reject = (reason: string, cure: string): RejectedRow => ({
    outcome: 'rejected',
    at: row.at,
    reason,
    cure,
    raw,
  });
  if (row.damage)
    return reject(`The row cannot be read: ${row.damage}.`, 'Correct the row in the file, or leave it out.');
  const surplus = row.cells.slice(table.headings.length).some((cell) => cell.trim() !== '');
  const needed = Math.max(table.columns.response, table.columns.text, table.columns.session) + 1;
  if (surplus || row.cells.length < needed) {
    return reject(
      `The row has ${row.cells.length} cells where the headings name ${table.headings.length}.`,
      'A cell was split or lost: put quotation marks around texts with commas in them.',
    );
  }
  const found = uprInfoRow(row.cells, table.columns, names, row.at, raw);
  if ('reason' in found) return reject(`The row is left out: ${found.reason}.`, found.cure);
  return records.make(found);
}
