/** The reading thread: from a file to a plan. Loaded by name, see `PlanFileReader`. */
import {
  identify,
  openTextTable,
  openXls,
  openXlsx,
  refusal,
  UnreadableFile,
  type FileSource,
  type ParserModule,
  type TableFile,
} from '@followthrough/imports/files';
import { readPlan, type ReadPlan, type SheetRows } from '../../domain/roadmap/workbook/read-plan';

const MOST_ROWS = 20_000;

export const open: ParserModule<{ bytes: Uint8Array }, ReadPlan, never, null>['open'] = async ({ bytes }) => {
  const file = await openTable({ bytes: Buffer.from(bytes) });
  try {
    const sheets: SheetRows[] = [];
    let rows = 0;
    for (const sheet of file.sheets) {
      if (sheet.hidden) continue;
      const read: SheetRows = { name: sheet.name, rows: [] };
      for await (const { at, cells } of sheet.rows()) {
        rows += 1;
        if (rows > MOST_ROWS) {
          throw new UnreadableFile(
            `The file has more than ${MOST_ROWS} rows.`,
            'Split it into several roadmaps.',
          );
        }
        // Columns that are left empty are holes.
        read.rows.push({
          row: 'row' in at ? at.row : at.line,
          cells: Array.from(cells, (cell) => cell ?? ''),
        });
      }
      sheets.push(read);
    }
    const header = readPlan(sheets);
    if (header.actions.length === 0 && header.problems.length === 0) {
      throw new UnreadableFile(
        'No table of actions was found in the file.',
        'Give its columns headings such as Action, Lead institution, Due, Recommendations, Indicator, Cost 2026.',
      );
    }
    return { header, rows: none(), footer: () => null };
  } finally {
    file.close();
  }
};

async function* none(): AsyncGenerator<never> {}

async function openTable(source: FileSource): Promise<TableFile> {
  const { kind } = await identify(source);
  switch (kind) {
    case 'xlsx':
      return openXlsx(source);
    case 'xls':
      return openXls(source);
    case 'text':
      return openTextTable(source);
    case 'docx':
      throw new UnreadableFile(
        'The file is a Word document.',
        'Copy its table into a workbook and import that.',
      );
    default:
      throw refusal(kind);
  }
}
