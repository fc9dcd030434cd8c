/** An amount as a decimal without exponent, and whether the standard would have written it so (`xsd:decimal`). */
export interface ReadAmount {
  value: string;
  plain: boolean;
}

const UNSIGNED = /^(\d+(\.\d*)?|\.\d+)$/;
const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
/** Between digits, before three of them. */
const BLANK_GROUPS = /(?<=\d)[\s\u00a0\u2007\u2009\u202f'’](?=\d{3}(?!\d))/g;
const EXPONENT = /^([+-]?)(\d+)(?:\.(\d*))?[eE]([+-]?\d{1,3})$/;
/** Amounts are of money: more digits than this are a slip, and sums of them would cost without end. */
const DIGITS_AT_MOST = 60;

/**
 * Reads an amount as publishers write it: grouped by spaces, apostrophes, commas or full stops, with a decimal comma
 * or with an exponent. Null where it is no number or could be two: `1234,567` may be either.
 */
export function readAmount(text: string): ReadAmount | null {
  const written = text.trim();
  if (written.length > 2 * DIGITS_AT_MOST) return null;
  if (PLAIN.test(written)) return whole(written, true);
  const bare = written.replace(/^([+\-−])\s+/, '$1').replace(BLANK_GROUPS, '');
  const { sign, digits } = signOf(bare);
  const exponent = EXPONENT.exec(bare);
  if (exponent) return whole(shifted(exponent), false);
  const decimal = ungrouped(digits);
  return decimal === null ? null : whole(sign + decimal, false);
}

function signOf(text: string): { sign: string; digits: string } {
  const minus = /^[-−]/.test(text);
  return { sign: minus ? '-' : '', digits: text.replace(/^[-−+]/, '') };
}

/** '1,234,567.8', '12,34,567', '1.234.567,8', '1.234,5' and '12,5'; a single group of three is a thousand. */
function ungrouped(text: string): string | null {
  if (UNSIGNED.test(text)) return text;
  if (/^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[1-9]\d?(,\d{2})+,\d{3}(\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d+$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  if (/^[1-9]\d{0,2}(\.\d{3}){2,}$/.test(text)) return text.replaceAll('.', '');
  if (/^0,\d+$/.test(text) || /^\d+,(\d{1,2}|\d{4,})$/.test(text)) return text.replace(',', '.');
  return null;
}

/** 1.2E7 moved to 12000000. */
function shifted([, sign = '', units = '', decimals = '', exponent = '0']: RegExpExecArray): string {
  const digits = units + decimals;
  const point = units.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function whole(decimal: string, plain: boolean): ReadAmount | null {
  const { sign, digits } = signOf(decimal);
  const [units = '', decimals = ''] = digits.split('.');
  const left = units.replace(/^0+(?=\d)/, '') || '0';
  const right = decimals.replace(/0+$/, '');
  if (left.length + right.length > DIGITS_AT_MOST) return null;
  const value = right === '' ? left : `${left}.${right}`;
  return { value: value === '0' ? value : sign + value, plain };
}
