import { UnreadableFile } from './types';
import { officePart, relationsOf } from './office-parts';
import { attribute, localName, readXml } from './xml';
import type { ZipContainer } from './zip';

export interface SheetPart {
  name: string;
  hidden: boolean;
  /** path inside the container */
  path: string;
}

/** What has to be known before the first row of a workbook can be read. */
export interface WorkbookParts {
  sheets: SheetPart[];
  /** serial day 0 is 1 January 1904, as on old Macs */
  date1904: boolean;
  sharedStrings: string[];
  /** number format code by cell style (`s` of a cell); '' is "General" */
  formats: string[];
}

/** Characters of all shared strings together; Excel's own limit of one cell is 32,767. */
const SHARED_LIMIT = 256 * 1024 * 1024;
export const CELL_LIMIT = 32_767;

/** Number formats that a file may use without defining them (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_FORMATS: Record<number, string> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm',
  19: 'h:mm:ss',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
};

export async function readWorkbookParts(zip: ZipContainer): Promise<WorkbookParts> {
  const workbookPath = await officePart(zip, 'officeDocument', 'xl/workbook.xml');
  const relations = await relationsOf(zip, workbookPath);
  const sheets: SheetPart[] = [];
  let date1904 = false;
  await readXml(zip.content(workbookPath), 'The workbook', {
    open(tag) {
      const name = localName(tag.name);
      if (name === 'workbookPr') date1904 = /^(1|true)$/i.test(attribute(tag, 'date1904'));
      if (name !== 'sheet') return;
      const target = relations.find((relation) => relation.id === attribute(tag, 'id', 'r:'));
      if (!target?.type.endsWith('/worksheet') || !zip.has(target.path)) return;
      sheets.push({
        name: attribute(tag, 'name'),
        hidden: attribute(tag, 'state') !== '' && attribute(tag, 'state') !== 'visible',
        path: target.path,
      });
    },
  });
  const pathOf = (type: string) => relations.find((relation) => relation.type.endsWith(`/${type}`))?.path;
  return {
    sheets,
    date1904,
    sharedStrings: await sharedStringsOf(zip, pathOf('sharedStrings')),
    formats: await formatsOf(zip, pathOf('styles')),
  };
}

/** `_x000D_` is how Excel writes a character that XML cannot hold; `_x005F_` protects a literal underscore. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

export function refuseLongCell(length: number): void {
  if (length <= CELL_LIMIT) return;
  throw new UnreadableFile(
    `A cell of the workbook holds more than ${CELL_LIMIT} characters, which Excel does not allow.`,
    'Get the file again from where it came from, or save it anew in Excel.',
  );
}

async function sharedStringsOf(zip: ZipContainer, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!path || !zip.has(path)) return strings;
  let current = '';
  let total = 0;
  let inText = false;
  let phonetic = 0;
  await readXml(zip.content(path), 'The text table', {
    open(tag) {
      const name = localName(tag.name);
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic += 1;
      inText = name === 't' && phonetic === 0;
    },
    text(text) {
      if (!inText) return;
      current += text;
      refuseLongCell(current.length);
    },
    close(tag) {
      const name = localName(tag.name);
      inText = false;
      if (name === 'rPh') phonetic -= 1;
      if (name !== 'si') return;
      total += current.length + 16;
      if (total > SHARED_LIMIT) {
        throw new UnreadableFile('The texts of the workbook are too many to be read.', 'Split the workbook.');
      }
      strings.push(decodeEscapes(current));
    },
  });
  return strings;
}

async function formatsOf(zip: ZipContainer, path: string | undefined): Promise<string[]> {
  const own = new Map<number, string>();
  const formats: string[] = [];
  if (!path || !zip.has(path)) return formats;
  let inCellFormats = false;
  await readXml(zip.content(path), 'The style table', {
    open(tag) {
      const name = localName(tag.name);
      if (name === 'numFmt') own.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode'));
      if (name === 'cellXfs') inCellFormats = true;
      if (name !== 'xf' || !inCellFormats) return;
      const id = Number(attribute(tag, 'numFmtId') || 0);
      formats.push(own.get(id) ?? BUILT_IN_FORMATS[id] ?? (id >= 27 && id <= 58 ? 'yyyy-mm-dd' : ''));
    },
    close(tag) {
      if (localName(tag.name) === 'cellXfs') inCellFormats = false;
    },
  });
  return formats;
}
