import type { readXls as ReadXls } from 'hucre';
import { oleEntries, readOleStream } from './ole';
import { OLE_LIMIT_BYTES } from './kind';
import { bytesOf } from './source';
import type { TableFile, TableRow } from './table';
import { UnreadableFile, type FileSource } from './types';

const FILEPASS = 0x2f;
const BOF = 0x809;
const END_OF_SUBSTREAM = 0x0a;

/**
 * Opens a workbook of Excel 97-2003. The whole file is in memory, as its format wants it; `hucre` reads it and
 * follows broken sector chains as far as they go. What `hucre` would pass over in silence is refused here: a
 * file that ends before its table does, and one that is encrypted.
 */
export async function openXls(source: FileSource): Promise<TableFile> {
  const file = await bytesOf(source, OLE_LIMIT_BYTES);
  refuseUnreadable(file);
  // Loading the library takes longer than reading most files, and few files are .xls.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readXls } = require('hucre') as { readXls: typeof ReadXls };
  let workbook: Awaited<ReturnType<typeof readXls>>;
  try {
    workbook = await readXls(file);
  } catch (error) {
    throw new UnreadableFile(
      `The .xls file is damaged (${(error as Error).message.split('\n')[0]!.replace(/\.$/, '')}).`,
      'Open it in Excel or LibreOffice and save it as .xlsx, or get it again from where it came from.',
    );
  }
  return {
    sheets: workbook.sheets.map((sheet) => ({
      name: sheet.name,
      hidden: false,
      rows: async function* () {
        for (const [index, cells] of sheet.rows.entries()) {
          const row = rowOf(sheet.name, index + 1, cells ?? []);
          if (row.cells.length > 0) yield row;
        }
      },
    })),
    encoding: null,
    delimiter: null,
    warnings: [],
    close: () => undefined,
  };
}

function rowOf(sheet: string, row: number, values: readonly unknown[]): TableRow {
  const cells = values.map(textOf);
  while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
  return { at: { sheet, row }, cells };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const iso = Number.isNaN(value.getTime()) ? '' : value.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
  }
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  return typeof value === 'string' ? value : '';
}

function refuseUnreadable(file: Buffer): void {
  const entry = oleEntries(file)?.find(({ name }) => name === 'Workbook' || name === 'Book');
  if (!entry) return;
  if (entry.cutOff) {
    throw new UnreadableFile(
      'The .xls file is cut off: it ends before its table does.',
      'Get it again from where it came from.',
    );
  }
  const stream = readOleStream(file, entry);
  let depth = 0;
  for (let at = 0; at + 4 <= stream.length;) {
    const record = stream.readUInt16LE(at);
    if (record === FILEPASS) {
      throw new UnreadableFile(
        'The .xls file is protected by a password.',
        'Save it without a password first.',
      );
    }
    if (record === BOF) depth += 1;
    if (record === END_OF_SUBSTREAM) depth -= 1;
    at += 4 + stream.readUInt16LE(at + 2);
    // Behind the last substream the stream is padding.
    if (depth === 0 && record === 0) break;
  }
  if (depth > 0) {
    throw new UnreadableFile(
      'The .xls file is damaged: a table in it has no end.',
      'Open it in Excel or LibreOffice and save it as .xlsx, or get it again from where it came from.',
    );
  }
}
