import { once } from 'node:events';
import type { Response } from 'express';
import { addressText } from '../domain/address';
import { csvLine } from '../domain/csv';
import type { RejectedLine } from '../outbound/import.reader';

/** Sends rejected rows as CSV with a BOM, which spreadsheet programs need to see UTF-8. */
export async function sendRejects(
  response: Response,
  headings: string[],
  rejects: AsyncIterable<RejectedLine>,
): Promise<void> {
  response
    .status(200)
    .type('text/csv; charset=utf-8')
    .setHeader('Content-Disposition', 'attachment; filename="rejected-rows.csv"');
  response.write(`\uFEFF${csvLine(['Where', 'What is wrong', 'What to do', ...headings])}`);
  for await (const { at, reason, cure, raw } of rejects) {
    const line = csvLine([addressText(at), reason, cure, ...headings.map((heading) => raw[heading] ?? '')]);
    if (!response.write(line)) await once(response, 'drain');
  }
  response.end();
}
