import { splitDelimited } from './delimited';

export interface Dialect {
  delimiter: string;
  /** cells of most records at the beginning of the file */
  width: number;
  /** lines before the table that only name the delimiter (Excel's `sep=;`) */
  skipLines: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
const RECORDS_LOOKED_AT = 60;

/** Which delimiter divides `beginning` (decoded text) into the most regular table. */
export function guessDialect(beginning: string, lineEnd: '\r' | '\n'): Dialect {
  const named = /^sep=(.)\r?[\n\r]?/.exec(beginning);
  const text = named ? beginning.slice(named[0].length) : beginning;
  const candidates = named ? [named[1]!] : DELIMITERS;
  let best: Dialect = { delimiter: candidates[0]!, width: 1, skipLines: 0 };
  let bestScore = -1;
  for (const delimiter of candidates) {
    const records = splitDelimited(text, { delimiter, lineEnd }).slice(0, RECORDS_LOOKED_AT);
    const widths = records.filter((record) => !record.damage).map((record) => record.cells.length);
    const width = mostFrequent(widths);
    const regular = widths.filter((other) => other === width).length / Math.max(records.length, 1);
    const score = width > 1 ? regular + Math.min(width, 50) / 1000 : 0;
    if (score > bestScore) {
      best = { delimiter, width: Math.max(width, 1), skipLines: 0 };
      bestScore = score;
    }
  }
  return { ...best, skipLines: named ? 1 : 0 };
}

function mostFrequent(numbers: number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 1;
}
