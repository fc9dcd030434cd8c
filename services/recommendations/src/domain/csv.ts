import { protectedCell } from './formats';

/** One line of RFC 4180 with its line end; no value of it can be run as a formula. */
export function csvLine(values: readonly string[]): string {
  return `${values.map((value) => quoted(protectedCell(value))).join(',')}\r\n`;
}

const quoted = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
