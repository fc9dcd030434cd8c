import { decodeEntities } from '@followthrough/vocabulary';

/** A cell as a person would copy it: no outer blanks, no HTML references, plain line ends. */
export function cellText(cell: string | undefined): string {
  if (!cell) return '';
  if (!/[&\r\u00a0]/.test(cell)) return cell.trim();
  return decodeEntities(cell)
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .trim();
}

/** The same on one line. */
export function oneLine(cell: string | undefined): string {
  const text = cellText(cell);
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** ASCII words with single blanks between them: nothing to reduce. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * What is compared when two editions of a source are: Unicode composed, typographic quotes and dashes plain,
 * single blanks. Case stays, for it is part of what was said.
 */
export function comparable(text: string): string {
  if (PLAIN.test(text) && !/[`]/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[‘’‛´`]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[\u00ad\u200b-\u200f\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Values of a list, each once, in order, without empty ones. */
export function distinct(values: Iterable<string>): string[] {
  return [...new Set(values)].filter((value) => value !== '');
}

/** Rows of cells under headings; the second `Org` is `Org (2)`, a heading without a name is `Column 3`. */
export function headingNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = oneLine(cell) || `Column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** A row's cells by heading; cells beyond the last heading are `Column 12`, ... */
export function rawCells(headings: readonly string[], cells: readonly string[]): Record<string, string> {
  const raw: Record<string, string> = {};
  cells.forEach((cell, index) => {
    if (cell !== '') raw[headings[index] ?? `Column ${index + 1}`] = cell;
  });
  return raw;
}
