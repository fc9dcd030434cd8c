/** A value that `copyIn` can write. Objects are written as JSON, arrays of scalars as PostgreSQL arrays. */
export type CopyValue = unknown;

const needsEscape = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return needsEscape.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : text;
}

/**
 * One row in the text format of COPY (https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS),
 * with its line end.
 */
export function copyLine(row: readonly CopyValue[]): string {
  let line = '';
  for (let column = 0; column < row.length; column += 1) {
    if (column > 0) line += '\t';
    line += copyField(row[column]);
  }
  return `${line}\n`;
}

function copyField(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  return typeof value === 'string' ? escaped(value) : escaped(valueText(value));
}

function valueText(value: NonNullable<CopyValue>): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 't' : 'f';
    case 'number':
    case 'bigint':
      return String(value);
    case 'object':
      if (value instanceof Date) return value.toISOString();
      if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
      if (Array.isArray(value)) return arrayLiteral(value);
      return JSON.stringify(value);
    default:
      throw new TypeError(`COPY cannot write a ${typeof value}`);
  }
}

function arrayLiteral(elements: readonly unknown[]): string {
  const inner = elements.map((element) => {
    if (element === null || element === undefined) return 'NULL';
    if (Array.isArray(element)) return arrayLiteral(element);
    return `"${valueText(element).replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${inner.join(',')}}`;
}
