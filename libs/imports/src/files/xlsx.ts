import { numberText } from './cell-value';
import type { TableFile, TableRow } from './table';
import { UnreadableFile, type FileSource } from './types';
import { attribute, localName, parseXml, type XmlTag } from './xml';
import { decodeEscapes, readWorkbookParts, refuseLongCell, type WorkbookParts } from './xlsx-parts';
import { openZip } from './zip';

const LAST_COLUMN = 16_383;
const LAST_ROW = 1_048_576;
/** Cells beyond this column are formatting slips, not columns of a table. */
const COLUMNS_READ = 1_000;

/**
 * Opens a workbook; its rows stream. Own reader over yauzl and saxes: the kept libraries hold the sheet in
 * memory or cannot be stopped by the limits here. Formulas give the value that was saved with them and are never
 * evaluated; macros are not looked at.
 */
export async function openXlsx(source: FileSource): Promise<TableFile> {
  const zip = await openZip(source);
  try {
    const parts = await readWorkbookParts(zip);
    if (parts.sheets.length === 0) {
      throw new UnreadableFile('The workbook has no worksheet.', 'Open it in Excel and save it anew.');
    }
    return {
      sheets: parts.sheets.map((sheet) => ({
        name: sheet.name,
        hidden: sheet.hidden,
        rows: async function* () {
          yield* sheetRows(zip.content(sheet.path), sheet.name, parts);
        },
      })),
      encoding: null,
      delimiter: null,
      warnings: [],
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function* sheetRows(
  content: AsyncIterable<Buffer>,
  sheet: string,
  parts: WorkbookParts,
): AsyncGenerator<TableRow> {
  const reader = new SheetReader(sheet, parts);
  for await (const _ of parseXml(content, `The sheet ${sheet}`, reader)) {
    yield* reader.rows;
    reader.rows = [];
  }
  yield* reader.rows;
}

class SheetReader {
  rows: TableRow[] = [];
  private row = 0;
  private cells: string[] = [];
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private collecting = false;
  private phonetic = 0;

  constructor(
    private readonly sheet: string,
    private readonly parts: WorkbookParts,
  ) {}

  open(tag: XmlTag): void {
    switch (localName(tag.name)) {
      case 'row':
        this.row = Number(attribute(tag, 'r')) || this.row + 1;
        if (this.row > LAST_ROW) throw outOfBounds(this.sheet);
        this.cells = [];
        this.column = -1;
        break;
      case 'c':
        this.column = columnOf(attribute(tag, 'r')) ?? this.column + 1;
        if (this.column > LAST_COLUMN) throw outOfBounds(this.sheet);
        this.type = attribute(tag, 't');
        this.style = Number(attribute(tag, 's') || 0);
        this.value = '';
        break;
      case 'rPh':
        this.phonetic += 1;
        break;
      case 'v':
      case 't':
        this.collecting = this.phonetic === 0;
        break;
    }
  }

  text(text: string): void {
    if (!this.collecting) return;
    this.value += text;
    refuseLongCell(this.value.length);
  }

  close(tag: XmlTag): void {
    this.collecting = false;
    const name = localName(tag.name);
    if (name === 'rPh') this.phonetic -= 1;
    if (name === 'c' && this.column < COLUMNS_READ) {
      const text = this.cellText();
      if (text !== '') {
        while (this.cells.length < this.column) this.cells.push('');
        this.cells[this.column] = text;
      }
    }
    if (name === 'row' && this.cells.length > 0) {
      this.rows.push({ at: { sheet: this.sheet, row: this.row }, cells: this.cells });
    }
  }

  private cellText(): string {
    switch (this.type) {
      case 's':
        return this.parts.sharedStrings[Number(this.value)] ?? '';
      case 'inlineStr':
      case 'str':
        return decodeEscapes(this.value);
      case 'b':
        return this.value === '1' ? 'TRUE' : this.value === '0' ? 'FALSE' : '';
      case 'e':
        return '';
      case 'd':
        return this.value.replace(/T00:00:00(\.0+)?Z?$/, '');
      default:
        if (this.value.trim() === '') return '';
        return numberText(Number(this.value), this.parts.formats[this.style] ?? '', this.parts.date1904);
    }
  }
}

/** 'AB12' is column 27; null where the cell does not say. */
function columnOf(reference: string): number | null {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column === 0 ? null : column - 1;
}

function outOfBounds(sheet: string): UnreadableFile {
  return new UnreadableFile(
    `The sheet ${sheet} names a cell beyond the last one that a workbook can have.`,
    'Save the workbook anew in Excel.',
  );
}
