import type { Response } from 'express';
import { addressText } from '../domain/address';
import { csvLine } from '../domain/csv';
import type { RejectedLine } from '../outbound/import.reader';
import { sendLines } from './send-lines';

/** Sends rejected rows as CSV: where each stands, what is wrong with it, what to do, and its cells. */
export async function sendRejects(
  response: Response,
  headings: string[],
  rejects: AsyncIterable<RejectedLine>,
): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    // Without the mark spreadsheet programs take UTF-8 for something else.
    yield `\uFEFF${csvLine(['Where', 'What is wrong', 'What to do', ...headings])}`;
    for await (const { at, reason, cure, raw } of rejects) {
      yield csvLine([addressText(at), reason, cure, ...headings.map((heading) => raw[heading] ?? '')]);
    }
  }
  await sendLines(response, { name: 'rejected-rows.csv', type: 'text/csv; charset=utf-8' }, lines());
}
