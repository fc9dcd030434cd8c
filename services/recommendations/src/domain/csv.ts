/** What spreadsheet programs take for a formula when a cell begins with it. */
const formula = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d+([.,]\d+)?$/;

/** A value that no spreadsheet program will run: a leading apostrophe makes it text. Plain numbers stay numbers. */
export function neutral(value: string): string {
  return formula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
}

/** One line of RFC 4180 with its line end, each value neutralised. */
export function csvLine(values: readonly string[]): string {
  return `${values.map((value) => quoted(neutral(value))).join(',')}\r\n`;
}

const quoted = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
