import { builtModule, parseInWorker, UnreadableFile, type TableRow } from '@followthrough/imports/files';

const LIMITS = { memoryMb: 256, silenceMs: 20_000 };

/**
 * The rows of the first sheet of a workbook, or of a delimited text, read in a thread of their own: no file can block
 * or exhaust the process.
 * @throws UnreadableFile where it is no table, or has more rows than `mostRows`
 */
export async function readTable(bytes: Buffer, mostRows: number): Promise<TableRow[]> {
  const parsing = parseInWorker<null, TableRow, null>({
    module: builtModule(__dirname, 'table-rows.worker.js'),
    request: { bytes },
    limits: LIMITS,
  });
  const rows: TableRow[] = [];
  try {
    await parsing.header;
    for await (const batch of parsing.batches) {
      rows.push(...batch);
      if (rows.length > mostRows)
        throw new UnreadableFile(`The file has more than ${mostRows} rows.`, 'Split it.');
    }
    return rows;
  } finally {
    await parsing.stop();
  }
}
