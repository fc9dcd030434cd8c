import { type DocxFile, type DocxRow, UnreadableFile } from '@followthrough/imports/files';
import { noFacts } from '../document-facts';
import { RecordMaker } from '../record';
import { StateNames } from '../states';
import type { DocumentFacts, RejectedRow, SourceRow } from '../types';
import { headingFacts } from './heading-facts';
import { columnsByContent, type MatrixColumns, matrixColumns } from './headings';
import { readMatrixRow, type MatrixRow } from './row';
import { commonSymbol } from './symbol';

/** A matrix has some hundreds of rows; a document with more is something else. */
const ROWS_READ = 20_000;
const LINES_LOOKED_AT = 60;

export interface Matrix {
  document: DocumentFacts;
  rows: (SourceRow | RejectedRow)[];
}

/**
 * Reads OHCHR's matrix ("thematic list of recommendations"): one table or several, headings in the first row or
 * further down, section rows across all columns between them. Rows are in thematic order; a recommendation stands
 * once, under its first theme. `told` is what a person said of the document. Throws `UnreadableFile` where the document has no such table.
 */
export async function readMatrix(
  file: DocxFile,
  fileName: string,
  told: Partial<DocumentFacts> = {},
): Promise<Matrix> {
  const { rows, lines } = await tableRows(file);
  const found = matrixRows(rows);
  if (found.length === 0) {
    throw new UnreadableFile(
      'The document has no table of recommendations.',
      'Use the matrix of the review ("Thematic list of recommendations"), which has a table with a column Recommendation.',
    );
  }
  const names = new StateNames();
  const symbol = commonSymbol(found.map((row) => ('positionSource' in row ? row.positionSource : '')));
  const text = [...file.margins.split('\n'), ...lines];
  const headings = headingFacts({ text, title: file.title, fileName }, symbol, names);
  const document: DocumentFacts = {
    ...noFacts,
    ...headings,
    mechanism: 'UPR',
    symbol,
    date: file.created || null,
    ...told,
  };
  const records = new RecordMaker('ohchr-matrix');
  return {
    document,
    rows: found.map((row) => ('reason' in row ? row : records.make(row.draft(document, names)))),
  };
}

async function tableRows(file: DocxFile): Promise<{ rows: DocxRow[]; lines: string[] }> {
  const rows: DocxRow[] = [];
  const lines: string[] = [];
  for await (const block of file.blocks()) {
    if (block.kind === 'paragraph') {
      if (lines.length < LINES_LOOKED_AT) lines.push(block.text);
      continue;
    }
    rows.push(block);
    if (rows.length > ROWS_READ) {
      throw new UnreadableFile(
        `The document has more than ${ROWS_READ} table rows, which no matrix has.`,
        'Split it, or use the list as .xlsx or .csv.',
      );
    }
  }
  // A title often stands in a table of its own, or in rows above the headings.
  const heads = rows.filter((row) => row.cells.length <= 2).slice(0, 10);
  lines.push(...heads.flatMap((row) => row.cells.flatMap((cell) => cell.text.split('\n'))));
  return { rows, lines };
}

function matrixRows(rows: DocxRow[]): (MatrixRow | RejectedRow)[] {
  const headed = rows.some((row) => matrixColumns(row));
  let columns: MatrixColumns | null = headed ? null : columnsByContent(rows);
  let theme = '';
  const found: (MatrixRow | RejectedRow)[] = [];
  const above = new Map<string, string>();
  for (const row of rows) {
    for (const cell of row.cells) {
      const place = `${row.table} ${cell.column}`;
      if (cell.continued) cell.text = above.get(place) ?? '';
      else above.set(place, cell.text);
    }
    const headings = matrixColumns(row);
    if (headings) {
      columns = headings;
      continue;
    }
    if (!columns) continue;
    const read = readMatrixRow(row, columns, theme, found.at(-1) ?? null);
    if (read.section !== undefined) theme = read.section;
    found.push(...read.rows);
  }
  return found;
}
