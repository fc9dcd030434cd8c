import { fold } from '@followthrough/vocabulary';
import { decimalOf, type Decimal } from '../../decimal';

/** A value, unknown (said so, or empty), or null for what cannot be read. */
export type Known<T> = { value: T | null } | null;

const unknownWords = new Set(
  [
    '',
    '-',
    '?',
    'unknown',
    'tbd',
    'tbc',
    'to be determined',
    'n/a',
    'not costed',
    'inconnu',
    'a determiner',
    'nd',
    'غير معروف',
    'يحدد لاحقا',
  ].map(fold),
);

export const saysUnknown = (cell: string): boolean => unknownWords.has(fold(cell));

const digits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, '.')
    .replace(/٬/g, ',');

/** `1200.5`, `1 200 000`, `1,200,000.50`, `1.200.000,50`, Arabic digits. */
export function numberIn(cell: string): Known<Decimal> {
  if (saysUnknown(cell)) return { value: null };
  const text = digits(cell)
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/%$/, '');
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)
    ? text.replaceAll(',', '')
    : /^-?\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(text) || /^-?\d{1,3}\.\d{3},\d+$/.test(text)
      ? text.replaceAll('.', '').replace(',', '.')
      : text.replace(/^(-?\d+),(\d{1,2})$/, '$1.$2');
  const value = decimalOf(plain.replace(/^(-?)0+(?=\d)/, '$1'));
  return value === null ? null : { value };
}

const signs: [RegExp, string][] = [
  [/€/, 'EUR'],
  [/£/, 'GBP'],
  [/US\$/, 'USD'],
];

/** A number and the currency that stands beside it, '' where none does. */
export function amountIn(cell: string): { amount: Known<Decimal>; currency: string } {
  const sign = signs.find(([pattern]) => pattern.test(cell));
  const code = /(?:^|[^A-Z])([A-Z]{3})(?:[^A-Z]|$)/.exec(cell)?.[1];
  const bare = cell.replace(/US\$|[€£]/g, '').replace(/(^|[^A-Z])[A-Z]{3}(?=[^A-Z]|$)/, '$1');
  return {
    amount:
      bare.trim() === '' && cell.trim() !== '' && code === undefined
        ? null
        : numberIn(saysUnknown(cell) ? cell : bare),
    currency: sign?.[1] ?? (saysUnknown(cell) ? '' : (code ?? '')),
  };
}

/** A day as ISO from `2027-06-30`, `30/06/2027`, `06/2027`, `Q2 2027`, `2027`; a period means its last day. */
export function dayIn(cell: string): Known<string> {
  if (saysUnknown(cell)) return { value: null };
  const text = digits(cell).trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  if (iso) return valid(iso[1]!, iso[2]!, iso[3]!);
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (numbers)
    return valid(numbers[3]!, numbers[2]!, numbers[1]!) ?? valid(numbers[3]!, numbers[1]!, numbers[2]!);
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(text);
  if (month) return lastOf(Number(month[2]), Number(month[1]));
  const quarter = /^[qt]([1-4])[\s/-]*(\d{4})$/i.exec(text);
  if (quarter) return lastOf(Number(quarter[2]), Number(quarter[1]) * 3);
  const year = /^(?:\d{4}\s*-\s*)?(\d{4})$/.exec(text);
  return year ? lastOf(Number(year[1]), 12) : null;
}

function lastOf(year: number, month: number): Known<string> {
  if (month < 1 || month > 12) return null;
  return valid(String(year), String(month), String(new Date(Date.UTC(year, month, 0)).getUTCDate()));
}

function valid(year: string, month: string, day: string): Known<string> {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return real && Number(year) >= 1990 && Number(year) <= 2100 ? { value: text } : null;
}

/** Names one a line, or parted by semicolons. */
export const listIn = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[\n;]/)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

/** A recommendation as a plan names it; symbol and paragraph are '' where the text has none. */
export interface Reference {
  symbol: string;
  paragraph: string;
  text: string;
}

const SYMBOL = /\b[A-Z]+(?:\/[A-Za-z0-9.]+){1,6}/;
const PARAGRAPH = /\b\d{1,3}(?:\.\d{1,4})*\b/;

/** `A/HRC/43/15 121.10, 121.11; 122`: a symbol holds for the paragraphs after it. */
export function referencesIn(cell: string): Reference[] {
  let symbol = '';
  return listIn(cell).flatMap((line) =>
    line.split(/,\s*(?=(?:[A-Z]+\/|\d))/).map((part) => {
      const text = part.trim();
      const named = SYMBOL.exec(text)?.[0].replace(/\.$/, '');
      symbol = named ?? symbol;
      const paragraph = PARAGRAPH.exec(named ? text.replace(named, ' ') : text)?.[0] ?? '';
      return { symbol: paragraph === '' && !named ? '' : symbol, paragraph, text };
    }),
  );
}
