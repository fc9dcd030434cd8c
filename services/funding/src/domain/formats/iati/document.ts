import { isUtf8 } from 'node:buffer';
import type { Finding, SchemaJudge } from '../types';
import { locate } from './located';
import { placeAfter, type Place } from './place';

/** A part of a document as it is judged; `at` is where it stands in the file, null for what was put around it. */
export interface Part {
  xml: string;
  at: Place | null;
}

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
  const xml = parts.map((part) => part.xml).join('');
  const { malformed, violations, further } = judge(Buffer.from(xml, 'latin1'), schema);
  if (malformed) {
    const offset = offsetOf(xml, malformed.line, malformed.column);
    const { place, shift } = placeIn(parts, offset) ?? lastPlace(parts);
    const message = malformed.message.replace(
      /\bline (\d+)/g,
      (_, line: string) => `line ${Number(line) + shift}`,
    );
    return {
      readable: false,
      findings: [{ ruleId: 'xml', severity: 'error', ...place, message: sentence(message) }],
    };
  }
  if (violations.length === 0) return { readable: true, findings: [] };
  const offsets = locate(
    xml,
    violations.map(({ path }) => path),
  );
  const findings: Fault[] = [];
  for (const [i, { message }] of violations.entries()) {
    const found = offsets[i] == null ? lastPlace(parts) : placeIn(parts, offsets[i]);
    if (found) findings.push({ ruleId: 'schema', severity: 'error', ...found.place, message });
  }
  if (further > 0) {
    const message = `There are ${further} more errors of this kind in the same place.`;
    findings.push({ ruleId: 'schema', severity: 'error', ...lastPlace(parts).place, message });
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

interface Found {
  place: Place;
  /** what makes a line of the document a line of the file */
  shift: number;
}

/** Null inside of what was put around. */
function placeIn(parts: readonly Part[], offset: number): Found | null {
  let begin = 0;
  let line = 1;
  for (const { xml, at } of parts) {
    if (offset < begin + xml.length) {
      return at && { place: placeAfter(at, xml, 0, offset - begin), shift: at.line - line };
    }
    begin += xml.length;
    line += placeAfter({ line: 0, column: 1 }, xml, 0, xml.length).line;
  }
  return null;
}

/** The beginning of the last part that is of the file. */
function lastPlace(parts: readonly Part[]): Found {
  const part = parts.findLast(({ at }) => at !== null)!;
  const before = parts
    .slice(0, parts.indexOf(part))
    .map(({ xml }) => xml)
    .join('');
  const line = placeAfter({ line: 1, column: 1 }, before, 0, before.length).line;
  return { place: { line: part.at!.line, column: part.at!.column }, shift: part.at!.line - line };
}

function offsetOf(xml: string, line: number, column: number): number {
  let from = 0;
  for (let current = 1; current < line; current += 1) {
    const feed = xml.indexOf('\n', from);
    if (feed < 0) break;
    from = feed + 1;
  }
  const feed = xml.indexOf('\n', from);
  return Math.min(from + Math.max(0, column - 1), feed < 0 ? xml.length : feed);
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
