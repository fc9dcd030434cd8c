import { UnreadableFile } from './types';
import { attribute, localName, type XmlTag } from './xml';

export interface DocxCell {
  /** paragraphs joined by line ends, each as it reads on the page */
  text: string;
  /** first grid column, 0-based, and how many the cell covers */
  column: number;
  span: number;
  /** the cell goes on that of the row above (vertical merge) and has no content of its own */
  continued: boolean;
}

/** `table` and `row` are 1-based and count every table and row of the document, nested ones included. */
export interface DocxRow {
  kind: 'row';
  table: number;
  row: number;
  cells: DocxCell[];
}

export type DocxBlock = { kind: 'paragraph'; text: string } | DocxRow;

const CELL_LIMIT = 1_000_000;
/** Word itself allows 63 columns. */
const SPAN_LIMIT = 1_000;
/** What is inside is no text of the document: deletions, moved-away text, field codes, fallback pictures. */
const UNREAD = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'rPrChange', 'pPrChange']);

interface OpenTable {
  table: number;
  rows: number;
  cells: DocxCell[];
  column: number;
  deleted: boolean;
  /** paragraphs of the cell being read */
  cell: { paragraphs: string[]; length: number; span: number; continued: boolean } | null;
}

/**
 * Turns the events of `word/document.xml` into paragraphs and table rows. Tabs, breaks and non-breaking hyphens
 * are text; a nested table gives rows of its own and is text of the cell around it as well.
 */
export class DocumentReader {
  blocks: DocxBlock[] = [];
  private readonly tables: OpenTable[] = [];
  private readonly paragraphs: string[] = [];
  private tableCount = 0;
  private unread = 0;
  private hidden = false;
  private inText = false;
  private prefix: string | null = null;

  open(tag: XmlTag): void {
    const name = this.nameOf(tag);
    if (name === null) return;
    if (UNREAD.has(name)) {
      // In the properties of a row, w:del means that the row itself was deleted.
      const table = this.tables.at(-1);
      if (name === 'del' && table && !table.cell && this.inRowProperties) table.deleted = true;
      this.unread += 1;
    }
    if (this.unread > 0) return;
    this.openTable(name, tag);
    if (name === 'p') this.paragraphs.push('');
    if (name === 'r') this.hidden = false;
    if (name === 'vanish') this.hidden = isOn(attribute(tag, 'val', this.prefix!));
    this.inText = name === 't' && !this.hidden;
    if (name === 'tab' && !this.inProperties) this.append('\t');
    if (name === 'br' || name === 'cr') this.append('\n');
    if (name === 'noBreakHyphen') this.append('-');
    if (name === 'trPr') this.inRowProperties = true;
    if (name === 'pPr') this.inProperties = true;
  }

  private inRowProperties = false;
  private inProperties = false;

  text(text: string): void {
    if (this.inText && this.unread === 0) this.append(text);
  }

  close(tag: XmlTag): void {
    const name = this.nameOf(tag);
    if (name === null) return;
    if (UNREAD.has(name)) this.unread -= 1;
    if (this.unread > 0) return;
    if (name === 't') this.inText = false;
    if (name === 'trPr') this.inRowProperties = false;
    if (name === 'pPr') this.inProperties = false;
    if (name === 'p') this.closeParagraph(this.paragraphs.pop() ?? '');
    if (name === 'tc') this.closeCell();
    if (name === 'tr') this.closeRow();
    if (name === 'tbl') this.tables.pop();
  }

  /** Local name of a WordprocessingML element (and of the Fallback around it), null for drawings and formulas. */
  private nameOf(tag: XmlTag): string | null {
    if (this.prefix === null) {
      // Both the transitional and the strict namespace end so; the prefix is nearly always `w:`.
      const declared = Object.entries(tag.attributes ?? {}).find(
        ([key, uri]) => key.startsWith('xmlns') && /\/wordprocessingml(\/2006)?\/main$/.test(uri),
      );
      this.prefix = declared ? declared[0].replace(/^xmlns:?/, '').replace(/(.)$/, '$1:') : 'w:';
    }
    if (tag.name.startsWith(this.prefix)) return tag.name.slice(this.prefix.length);
    return localName(tag.name) === 'Fallback' ? 'Fallback' : null;
  }

  private openTable(name: string, tag: XmlTag): void {
    const table = this.tables.at(-1);
    if (name === 'tbl') {
      this.tableCount += 1;
      this.tables.push({ table: this.tableCount, rows: 0, cells: [], column: 0, deleted: false, cell: null });
    } else if (!table) return;
    else if (name === 'tr') {
      table.rows += 1;
      Object.assign(table, { cells: [], column: 0, deleted: false, cell: null });
    } else if (name === 'gridBefore' && !table.cell) table.column += this.count(tag);
    else if (name === 'tc') table.cell = { paragraphs: [], length: 0, span: 1, continued: false };
    else if (name === 'gridSpan' && table.cell) table.cell.span = Math.max(1, this.count(tag));
    else if (name === 'vMerge' && table.cell) {
      table.cell.continued = attribute(tag, 'val', this.prefix!) !== 'restart';
    }
  }

  private count(tag: XmlTag): number {
    return Math.min(Number(attribute(tag, 'val', this.prefix!)) || 0, SPAN_LIMIT);
  }

  private append(text: string): void {
    const last = this.paragraphs.length - 1;
    if (last < 0 || this.hidden) return;
    this.paragraphs[last] += text;
    if (this.paragraphs[last]!.length > CELL_LIMIT) throw tooLong();
  }

  private closeParagraph(text: string): void {
    const cell = this.tables.at(-1)?.cell;
    if (!cell) {
      this.blocks.push({ kind: 'paragraph', text });
      return;
    }
    cell.paragraphs.push(text);
    cell.length += text.length + 1;
    if (cell.length > CELL_LIMIT) throw tooLong();
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    if (!table?.cell) return;
    const { paragraphs, span, continued } = table.cell;
    table.cells.push({ text: paragraphs.join('\n'), column: table.column, span, continued });
    table.column += span;
    table.cell = null;
  }

  private closeRow(): void {
    const table = this.tables.at(-1);
    if (!table) return;
    if (!table.deleted && table.cells.length > 0) {
      this.blocks.push({ kind: 'row', table: table.table, row: table.rows, cells: table.cells });
    }
    const outer = this.tables.at(-2)?.cell;
    if (outer && !table.deleted) outer.paragraphs.push(...table.cells.map((cell) => cell.text));
    table.cells = [];
  }
}

function isOn(value: string): boolean {
  return !/^(0|false|off)$/i.test(value);
}

function tooLong(): UnreadableFile {
  return new UnreadableFile(
    `A paragraph of the document has more than ${CELL_LIMIT} characters, which no list of recommendations has.`,
    'Get the document again from where it came from.',
  );
}
