import { dateText } from '@followthrough/imports/files';
import { fold } from '@followthrough/vocabulary';

const MONTHS: Record<string, number> = {};
const names = [
  ['january', 'jan', 'janvier', 'janv', 'enero', 'ene', 'يناير', 'كانون الثاني'],
  ['february', 'feb', 'fevrier', 'fevr', 'febrero', 'فبراير', 'شباط'],
  ['march', 'mar', 'mars', 'marzo', 'مارس', 'اذار'],
  ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'ابريل', 'نيسان'],
  ['may', 'mai', 'mayo', 'مايو', 'ايار'],
  ['june', 'jun', 'juin', 'junio', 'يونيو', 'حزيران'],
  ['july', 'jul', 'juillet', 'juil', 'julio', 'يوليو', 'تموز'],
  ['august', 'aug', 'aout', 'agosto', 'ago', 'اغسطس', 'اب'],
  ['september', 'sep', 'sept', 'septembre', 'septiembre', 'سبتمبر', 'ايلول'],
  ['october', 'oct', 'octobre', 'octubre', 'اكتوبر', 'تشرين الاول'],
  ['november', 'nov', 'novembre', 'noviembre', 'نوفمبر', 'تشرين الثاني'],
  ['december', 'dec', 'decembre', 'diciembre', 'dic', 'ديسمبر', 'كانون الاول'],
];
names.forEach((month, index) => month.forEach((name) => (MONTHS[fold(name)] = index + 1)));

/**
 * A day as ISO (YYYY-MM-DD) from what lists write: ISO, `31/12/2026` (order as told), `31 December 2026`,
 * `December 2026`, `2026`, `Q4 2026`, an Excel serial. A period means its last day. Null where it is no date.
 */
export function parseDate(cell: string, order: 'dmy' | 'mdy' = 'dmy'): string | null {
  const text = westernDigits(cell).trim();
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text) ?? /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
  if (iso) return day(iso[1]!, iso[2]!, iso[3]!);
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(text);
  if (numbers) return numericDay(numbers[1]!, numbers[2]!, numbers[3]!, order);
  if (/^\d{5}(\.\d+)?$/.test(text)) return dateText(Math.floor(Number(text)));
  return lastDayOf(fold(text));
}

function numericDay(first: string, second: string, year: string, order: 'dmy' | 'mdy'): string | null {
  const full = year.length === 2 ? `20${year}` : year;
  const [dayText, monthText] = order === 'mdy' ? [second, first] : [first, second];
  // Where only one order makes a date, that one is meant.
  return day(full, monthText, dayText) ?? day(full, dayText, monthText);
}

function lastDayOf(text: string): string | null {
  const year = /^(?:end of |fin |finales de |by )?(\d{4})$/.exec(text);
  if (year) return plausible(`${year[1]}-12-31`);
  const quarter =
    /^(?:q|t|trim(?:estre)?\s*)([1-4])[\s/-]*(\d{4})$/.exec(text) ??
    reversed(/^(\d{4})[\s/-]*(?:q|t)([1-4])$/.exec(text));
  if (quarter) return endOfMonth(Number(quarter[2]), Number(quarter[1]) * 3);
  const monthYear = /^(\d{1,2})[/.-](\d{4})$/.exec(text) ?? reversed(/^(\d{4})[/.-](\d{1,2})$/.exec(text));
  if (monthYear) return endOfMonth(Number(monthYear[2]), Number(monthYear[1]));
  const words =
    /^(?:(\d{1,2})(?:st|nd|rd|th|er|re|°|º)?\.?[\s-]+)?(?:de |of )?([^\d\s.,-][^\d.,]*?)[.,]?[\s-]+(?:de |del |of )?(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$/.exec(
      text,
    );
  const month = words && MONTHS[words[2]!.trim()];
  if (!words || !month) return null;
  const dayOfMonth = words[1] ?? words[3];
  return dayOfMonth ? day(words[4]!, String(month), dayOfMonth) : endOfMonth(Number(words[4]), month);
}

function reversed(found: RegExpExecArray | null): [string, string, string] | null {
  return found ? [found[0], found[2]!, found[1]!] : null;
}

function day(year: string, month: string, dayOfMonth: string): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  const time = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso) ? plausible(iso) : null;
}

function endOfMonth(year: number, month: number): string | null {
  if (month < 1 || month > 12) return null;
  return plausible(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10));
}

function plausible(iso: string): string | null {
  return iso >= '1945-01-01' && iso <= '2199-12-31' ? iso : null;
}

/** Arabic-Indic and Persian digits as 0-9. */
export function westernDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
}
