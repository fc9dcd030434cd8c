import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';
import { resolveState } from './resolve';

const folder = sharedData('upr/upr-info');
const reference = sharedData('reference/countries/upr-info-2015-regional-groups-and-organisations.csv');

/** Values of the given columns of CSV files, each once. */
function valuesOf(paths: string[], encoding: string, columns: string[]): string[] {
  const rows = paths.flatMap((path) => {
    const text = decode(readFileSync(path), encoding);
    const parsed: Record<string, string>[] = parse(text, { columns: true, relax_column_count: true });
    return parsed;
  });
  return [...new Set(rows.flatMap((row) => columns.map((column) => row[column]?.trim() ?? '')))];
}

function check(names: string[], count: number) {
  expect(names).toHaveLength(count);
  expect(names.filter((name) => resolveState(name).code === undefined)).toEqual(['&#40;Unknown&#41;']);
  expect(new Set(names.map((name) => resolveState(name).code)).size).toBe(count);
}

(folder ? it : it.skip)('the State names in the exports of UPR Info resolve, all but the unknown one', () => {
  const files = ['1-5.csv', '10-13.csv', '17-20.csv', 'voluntary.csv'].map((file) =>
    join(folder ?? '', file),
  );
  check(valuesOf(files, 'macroman', ['To', 'From']), 193);
});

(reference ? it : it.skip)('so do all names that its database knows', () => {
  check(valuesOf([reference ?? ''], 'utf8', ['state']), 196);
});
