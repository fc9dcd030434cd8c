/** Bytes at rest: a file on disk, or a buffer that is already in memory. */
export type FileSource = { path: string } | { bytes: Buffer };

/**
 * Where in its file something stands, 1-based throughout.
 * - delimited text: `line` on which the record begins
 * - workbook: `sheet`, `row`, and `cell` ('C17') when one value is meant
 * - Word document: `table` and `row` of the table, counting every row
 */
export type Address =
  | { line: number; column?: string }
  | { sheet: string; row: number; cell?: string }
  | { table: number; row: number };

/**
 * The file as a whole cannot be read. `reason` says what is wrong and `cure` what the person can do; both are
 * sentences for people. A single bad row is never an error: it is a rejected row.
 */
export class UnreadableFile extends Error {
  constructor(
    readonly reason: string,
    readonly cure: string,
  ) {
    super(`${reason} ${cure}`);
    this.name = 'UnreadableFile';
  }
}
