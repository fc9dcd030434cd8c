import { isUtf8 } from 'node:buffer';
import type { Finding, SchemaJudge } from '../types';
import { locate } from './located';
import { placeAfter, PlaceCursor, START, type Place } from './place';
import { faultOf } from './well-formed';

/** A part of a document as it is judged; `at` is where it stands in the file, null for what was put around it. */
export interface Part {
  xml: string;
  at: Place | null;
}

/** libxml2 keeps ten times the text of a document in memory, and more for hostile ones. */
const JUDGED_BYTES = 8 * 1024 * 1024;

type Fault = Omit<Finding, 'activity'>;

export interface Judged {
  /** false where the document is no well-formed XML */
  readable: boolean;
  findings: Fault[];
}

/**
 * Parses and validates parts of a file as one document, UTF-8 as latin1, and tells what is wrong by the places of the
 * file. What is wrong with the parts put around it is nobody's fault and not told.
 */
export function judgeDocument(parts: readonly Part[], schema: string, judge: SchemaJudge): Judged {
  const document = new PartedDocument(parts);
  const judged = document.xml.length <= JUDGED_BYTES;
  const { malformed, violations, further } = judged
    ? judge(Buffer.from(document.xml, 'latin1'), schema)
    : { malformed: faultOf(document.xml), violations: [], further: 0 };
  if (malformed) {
    const { place, shift } = document.find(malformed.line, malformed.column);
    const message = malformed.message.replace(
      /\bline (\d+)/g,
      (_, line: string) => `line ${Number(line) + shift}`,
    );
    const fault: Fault = { ruleId: 'xml', severity: 'error', ...place, message: sentence(message) };
    return { readable: false, findings: [fault] };
  }
  if (!judged) {
    const message = `This is longer than ${JUDGED_BYTES / 2 ** 20} MB, too long to be judged by the schema; it was read all the same.`;
    return {
      readable: true,
      findings: [{ ruleId: 'file', severity: 'warning', ...document.beginning, message }],
    };
  }
  if (violations.length === 0) return { readable: true, findings: [] };
  const offsets = locate(
    document.xml,
    violations.map(({ path }) => path),
  );
  const findings: Fault[] = [];
  for (const [i, { message }] of violations.entries()) {
    const offset = offsets[i] ?? null;
    const place = offset === null ? document.beginning : document.placeOf(offset);
    if (place) findings.push({ ruleId: 'schema', severity: 'error', ...place, message });
  }
  if (further > 0) {
    const message = `There are ${further} more errors of this kind in the same place.`;
    findings.push({ ruleId: 'schema', severity: 'error', ...document.beginning, message });
  }
  return { readable: true, findings };
}

/** Bytes that are no UTF-8, replaced so that the rest can be read; where the first of them is, null where all is well. */
export function repaired(xml: string): { xml: string; offset: number } | null {
  if (/^[\0-\x7f]*$/.test(xml)) return null;
  const bytes = Buffer.from(xml, 'latin1');
  if (isUtf8(bytes)) return null;
  const text = bytes.toString('utf8');
  const replaced = Buffer.from(text, 'utf8').toString('latin1');
  let offset = 0;
  while (offset < xml.length && xml.charCodeAt(offset) === replaced.charCodeAt(offset)) offset += 1;
  return { xml: replaced, offset };
}

/** The parts as one text, and where its places are in the file. */
class PartedDocument {
  readonly xml: string;
  private readonly own: { begin: number; end: number; at: Place; cursor: PlaceCursor }[] = [];

  constructor(parts: readonly Part[]) {
    this.xml = parts.map((part) => part.xml).join('');
    let begin = 0;
    for (const { xml, at } of parts) {
      const end = begin + xml.length;
      if (at) this.own.push({ begin, end, at, cursor: new PlaceCursor(at, xml) });
      begin = end;
    }
  }

  /** Where what was read last begins, for what has no place of its own. */
  get beginning(): Place {
    return this.own.at(-1)!.at;
  }

  /** Null inside of what was put around. */
  placeOf(offset: number): Place | null {
    const part = this.own.find(({ begin, end }) => offset >= begin && offset < end);
    return part ? part.cursor.at(offset - part.begin) : null;
  }

  /** A place that libxml2 names, by bytes; `shift` makes a line of the document a line of the file. */
  find(line: number, column: number): { place: Place; shift: number } {
    let from = 0;
    for (let current = 1; current < line; current += 1) {
      const feed = this.xml.indexOf('\n', from);
      if (feed < 0) break;
      from = feed + 1;
    }
    const feed = this.xml.indexOf('\n', from);
    const offset = Math.min(from + Math.max(0, column - 1), feed < 0 ? this.xml.length : feed);
    // An error behind the last part of the file is that something in it has no end.
    const part = this.own.findLast(({ begin }) => begin <= offset) ?? this.own[0]!;
    const place = part.cursor.at(Math.max(0, Math.min(offset, part.end) - part.begin));
    return { place, shift: part.at.line - placeAfter(START, this.xml, 0, part.begin).line };
  }
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
