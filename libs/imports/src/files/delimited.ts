/** One record of delimited text. `line` is the line of the file on which it begins, 1-based. */
export interface DelimitedRecord {
  line: number;
  cells: string[];
  /** why the record cannot be trusted; `cells` then holds its first line undivided */
  damage?: string;
}

export interface DelimitedOptions {
  delimiter: string;
  /** a bare CR ends a line only where the file says so; elsewhere it is a slip inside a cell */
  lineEnd: '\r' | '\n';
  /** cells of a whole record, where known: tells a slipped quotation mark from a lost one */
  width?: number;
}

/** A record longer than this is a lost quotation mark, not a text. */
const RECORD_LIMIT = 1024 * 1024;

/**
 * Splits decoded text into records, streaming. Reads what spreadsheets write (RFC 4180 with any of three
 * delimiters and line ends) and survives what they do not: where quotation marks cannot be right, the line is
 * handed out as damaged and reading goes on with the next one, so that one slip never swallows its neighbours.
 */
export async function* readDelimited(
  text: AsyncIterable<string>,
  options: DelimitedOptions,
): AsyncGenerator<DelimitedRecord> {
  const splitter = new RecordSplitter(options);
  for await (const piece of text) yield* splitter.take(piece, false);
  yield* splitter.take('', true);
}

/** The same over a text that is in memory: for looking at the beginning of a file. */
export function splitDelimited(text: string, options: DelimitedOptions): DelimitedRecord[] {
  return [...new RecordSplitter(options).take(text, true)];
}

type Parsed = { cells: string[]; end: number; lines: number } | 'incomplete' | 'damaged';

class RecordSplitter {
  private rest = '';
  private line = 1;

  private readonly delimiterCode: number;

  constructor(private readonly options: DelimitedOptions) {
    this.delimiterCode = options.delimiter.charCodeAt(0);
  }

  *take(piece: string, last: boolean): Generator<DelimitedRecord> {
    const text = this.rest + piece;
    let at = 0;
    while (at < text.length) {
      const parsed = this.parse(text, at, last);
      if (parsed === 'incomplete') {
        if (text.length - at <= RECORD_LIMIT) break;
        at = yield* this.damagedLine(text, at);
      } else if (parsed === 'damaged') {
        const lineComplete = this.endOfLine(text, at) + 1 < text.length || last;
        if (!lineComplete && text.length - at <= RECORD_LIMIT) break;
        at = yield* this.damagedLine(text, at);
      } else {
        const blank = parsed.cells.length === 1 && parsed.cells[0]!.trim() === '';
        if (!blank) yield { line: this.line, cells: parsed.cells };
        this.line += parsed.lines;
        at = parsed.end;
      }
    }
    this.rest = text.slice(at);
  }

  /** The record that begins at `from`; `end` is behind its line end. */
  private parse(text: string, from: number, last: boolean): Parsed {
    const delimiter = this.options.delimiter;
    const cells: string[] = [];
    let at = from;
    let lines = 0;
    for (;;) {
      if (text[at] === '"') {
        const cell = quotedCell(text, at + 1);
        if (cell === null) return last ? 'damaged' : 'incomplete';
        at = cell.end;
        if (at >= text.length - 1 && !last) return 'incomplete';
        if (at < text.length && text[at] !== delimiter && !this.isLineEnd(text, at)) return 'damaged';
        lines += countLines(cell.value);
        cells.push(normalLines(cell.value));
      } else {
        const end = this.endOfCell(text, at);
        if (end >= text.length && !last) return 'incomplete';
        cells.push(text.slice(at, end));
        at = end;
      }
      if (at < text.length && text[at] === delimiter) {
        at += 1;
        continue;
      }
      if (text[at] === '\r' && at + 1 >= text.length && !last) return 'incomplete';
      const width = text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
      return { cells, end: Math.min(at + width, text.length), lines: lines + 1 };
    }
  }

  /** Hands out the first line alone: read leniently if that gives a whole record, else as damaged. */
  private *damagedLine(text: string, at: number): Generator<DelimitedRecord, number> {
    const end = Math.min(this.endOfLine(text, at), at + RECORD_LIMIT);
    const line = text.slice(at, end);
    const cells = this.options.width ? lenientCells(line, this.options.delimiter) : [];
    if (cells.length === this.options.width) yield { line: this.line, cells };
    else
      yield { line: this.line, cells: [line], damage: 'a quotation mark is missing or in the wrong place' };
    this.line += 1;
    return Math.min(end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1), text.length);
  }

  private isLineEnd(text: string, at: number): boolean {
    if (text[at] === '\n') return true;
    return (
      text[at] === '\r' && (this.options.lineEnd === '\r' || text[at + 1] === '\n' || at + 1 === text.length)
    );
  }

  private endOfCell(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((code === 10 || code === 13) && this.isLineEnd(text, at)) return at;
      if (code === this.delimiterCode) return at;
    }
    return text.length;
  }

  private endOfLine(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((code === 10 || code === 13) && this.isLineEnd(text, at)) return at;
    }
    return text.length;
  }
}

/** The cell whose opening mark stands before `from`; `end` is behind the closing one, null if there is none. */
function quotedCell(text: string, from: number): { value: string; end: number } | null {
  let value = '';
  let at = from;
  for (;;) {
    const mark = text.indexOf('"', at);
    if (mark < 0) return null;
    value += text.slice(at, mark);
    if (text[mark + 1] !== '"') return { value, end: mark + 1 };
    value += '"';
    at = mark + 2;
  }
}

/** Cells of one line in which a mark closes a cell only before a delimiter or the end. */
function lenientCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      let close = at + 1;
      for (;;) {
        close = line.indexOf('"', close);
        if (close < 0) return [];
        if (close + 1 === line.length || line[close + 1] === delimiter) break;
        close += 1;
      }
      cells.push(line.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 2;
      if (close + 1 === line.length) break;
    } else {
      const end = line.indexOf(delimiter, at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      if (end < 0) break;
      at = end + 1;
    }
  }
  return cells;
}

function countLines(value: string): number {
  let lines = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === 10 || (code === 13 && value.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  return lines;
}

function normalLines(value: string): string {
  return value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value;
}
