/** The reading thread of small tables, loaded by name: see `readTable`. */
import {
  identify,
  openTextTable,
  openXlsx,
  UnreadableFile,
  type ParserModule,
  type TableRow,
} from '@followthrough/imports/files';

async function tableOf(bytes: Buffer) {
  const { kind } = await identify({ bytes });
  if (kind === 'xlsx') return openXlsx({ bytes });
  if (kind === 'text') return openTextTable({ bytes });
  throw new UnreadableFile('The file is neither .xlsx nor .csv.', 'Save it as one of them.');
}

export const open: ParserModule<{ bytes: Uint8Array }, null, TableRow, null>['open'] = async ({ bytes }) => {
  const table = await tableOf(Buffer.from(bytes));
  const sheet = table.sheets.find(({ hidden }) => !hidden) ?? table.sheets[0];
  if (!sheet) throw new UnreadableFile('The workbook has no worksheet.', 'Save it anew.');
  return { header: null, rows: sheet.rows(), footer: () => null, close: () => table.close() };
};
