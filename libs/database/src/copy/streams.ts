import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * Sends bytes in COPY's text format as fast as the server takes them.
 * @param into a table with its columns: `recommendation (id, text)`
 * @returns how many rows were written
 */
export async function copyTextIn(
  client: Client,
  into: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<number> {
  const stream = client.query(copyFrom(`COPY ${into} FROM STDIN`));
  await pipeline(Readable.from(bytes, { objectMode: false, highWaterMark: 64 * 1024 }), stream);
  return stream.rowCount;
}

/**
 * Receives COPY's text format as fast as the consumer takes it. The whole result is read from the server even if
 * the consumer stops early.
 * @param source a query, or a table with columns
 */
export async function* copyTextOut(client: Client, source: string): AsyncGenerator<Buffer> {
  const what = /^\s*(select|with|values|table)\b/i.test(source) ? `(${source})` : source;
  const stream = client.query(copyTo(`COPY ${what} TO STDOUT`));
  let finished = false;
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
    finished = true;
  } finally {
    // The connection speaks COPY until the last byte is taken; left there it would hang the next statement.
    if (!finished && !stream.destroyed) await drain(stream);
  }
}

function drain(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream
      .once('close', resolve)
      .once('end', resolve)
      .once('error', () => resolve());
    stream.resume();
  });
}
