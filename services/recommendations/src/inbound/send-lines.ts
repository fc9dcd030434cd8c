import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends text as it is made, no faster than it is taken. What goes wrong before the first line is still an answer
 * of its own; afterwards it cuts the file off, which no reader takes for a whole one.
 */
export async function sendLines(
  response: Response,
  file: { name: string; type: string },
  lines: AsyncIterable<string>,
): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  sendHead(response, file);
  async function* all(): AsyncGenerator<string> {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  await pipeline(Readable.from(all(), { objectMode: false }), response);
}

export function sendHead(response: Response, { name, type }: { name: string; type: string }): void {
  response.status(200).type(type).setHeader('Content-Disposition', `attachment; filename="${name}"`);
}
