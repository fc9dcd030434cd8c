import type { Address } from './types';

/** A row as the funnel keeps it until it is applied. */
export interface StagedRow {
  outcome: 'row';
  /** where in the file it stands */
  at: Address;
  /** lower-case hex: the same record in another edition of its source */
  identityKey: string;
  /** lower-case hex: unchanged since */
  contentHash: string;
  /** rows with the same key say things about the same subject */
  joinKey: string;
  /** what the row says, in the service's terms */
  record: object;
  /** the cells of the row by heading */
  raw: Record<string, string>;
  /** names in it that nobody could resolve, folded as the service compares them */
  questions: string[];
}

/** A row that could not be read; the rows around it are unharmed. */
export interface StagedReject {
  outcome: 'rejected';
  at: Address;
  reason: string;
  cure: string;
  raw: Record<string, string>;
}

/**
 * Rows on their way from the reading thread to the database, as lines of COPY's text format for
 * {@link stagedColumns}: on the way nobody unpacks them, so they cost the process neither time nor memory.
 */
export interface StagedChunk {
  lines: Uint8Array;
  /** rows in `lines` */
  rows: number;
  rejects: StagedReject[];
}

export const stagedColumns = 'no, at, identity_key, content_hash, join_key, record, raw, questions';

/** @param after number of the row that the first of these follows, from 0 */
export function stagedChunk(rows: readonly StagedRow[], rejects: StagedReject[], after: number): StagedChunk {
  let lines = '';
  for (const [index, row] of rows.entries()) {
    const fields = [
      String(after + index + 1),
      json(row.at),
      `\\x${row.identityKey}`,
      `\\x${row.contentHash}`,
      row.joinKey,
      json(row.record),
      json(row.raw),
    ];
    lines += `${fields.map(escaped).join('\t')}\t${row.questions.length > 0 ? escaped(array(row.questions)) : '\\N'}\n`;
  }
  return { lines: Buffer.from(lines), rows: rows.length, rejects };
}

/** PostgreSQL keeps no NUL in text, and no file means one. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('\\u0000') ? text.replaceAll('\\u0000', '') : text;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : text;
}

function array(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
