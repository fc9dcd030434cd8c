import type { Address } from './types';

/** One row of a table. `cells` are texts as a person sees them; dates are ISO (YYYY-MM-DD). */
export interface TableRow {
  at: Address;
  cells: string[];
  /** the row cannot be trusted, and why; `cells` then holds what there is of it */
  damage?: string;
}

/** One sheet of a workbook, or the only one of a delimited text (its name is then ''). */
export interface TableSheet {
  name: string;
  hidden: boolean;
  /** Rows that have at least one cell, in order. Can be called more than once. */
  rows(): AsyncIterable<TableRow>;
}

/** A file made of rows and columns: delimited text, .xlsx or .xls. Close it when done. */
export interface TableFile {
  sheets: TableSheet[];
  /** of delimited text only */
  encoding: string | null;
  delimiter: string | null;
  warnings: string[];
  close(): void;
}

/** Address of one cell of a row: `C17` in a sheet, the heading in delimited text. `column` is 0-based. */
export function cellAddress(row: Address, column: number, heading: string): Address {
  if ('sheet' in row) return { sheet: row.sheet, row: row.row, cell: `${columnLetters(column)}${row.row}` };
  return 'line' in row ? { line: row.line, column: heading } : row;
}

/** 0 is A, 25 is Z, 26 is AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
