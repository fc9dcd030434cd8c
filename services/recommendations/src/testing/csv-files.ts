export interface UprInfoRow {
  to?: string;
  text?: string;
  from?: string;
  response?: string;
  action?: number;
  issue?: string;
  session?: number;
}

const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
const line = (values: readonly string[]) => `${values.map(quote).join(',')}\r\n`;

/** A file in the form of UPR Info's export, with rows that we made up. */
export function uprInfoFile(rows: UprInfoRow[], name = 'export.csv'): { name: string; bytes: Buffer } {
  const lines = rows.map((row, index) =>
    line([
      row.to ?? 'Slovenia',
      'EEG',
      'EU',
      row.text ?? `Take step number ${index + 1} towards equality.`,
      row.from ?? 'Portugal',
      'WEOG',
      'EU',
      row.response ?? 'Accepted',
      String(row.action ?? 4),
      row.issue ?? 'Labour',
      String(row.session ?? 19),
    ]),
  );
  const heading = line(
    'To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session'.split(','),
  );
  return { name, bytes: Buffer.from(heading + lines.join('')) };
}

/** Any table as CSV. */
export function tableFile(
  headings: string[],
  rows: string[][],
  name = 'list.csv',
): { name: string; bytes: Buffer } {
  return { name, bytes: Buffer.from([headings, ...rows].map(line).join('')) };
}
