import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Transaction } from '../database';
import { copyLine, type CopyValue } from './text-format';

const chunkCharacters = 64 * 1024;

/**
 * Writes rows by COPY, the fastest way in. Null and undefined are NULL, a Date is a timestamp, a Buffer is bytea,
 * an object is JSON, an array is a PostgreSQL array (for a jsonb column that holds an array give
 * `JSON.stringify(array)`). Rows are taken as fast as the server accepts them; memory stays flat.
 * @param into the table and its columns: `recommendation (id, text)`
 * @returns how many rows were written
 * @throws what `rows` threw, or PostgreSQL's error; the transaction is then aborted
 */
export async function copyIn(
  tx: Transaction,
  into: string,
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  return copyInBytes(tx, into, textChunks(rows));
}

/** As `copyIn`, for bytes that are in COPY's text format already. */
export async function copyInBytes(
  tx: Transaction,
  into: string,
  bytes: AsyncIterable<Buffer>,
): Promise<number> {
  const client = await clientOf(tx);
  const stream = client.query(copyFrom(`COPY ${into} FROM STDIN`));
  await pipeline(Readable.from(bytes, { objectMode: false, highWaterMark: chunkCharacters }), stream);
  return stream.rowCount;
}

/**
 * Reads by COPY, in text format, as fast as the consumer takes it. The whole result is read from the server even
 * if the consumer stops early.
 * @param source a query, or a table with columns: `SELECT …` or `recommendation (id, text)`
 */
export async function* copyOut(tx: Transaction, source: string): AsyncIterable<Buffer> {
  const client = await clientOf(tx);
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

async function clientOf(tx: Transaction): Promise<Client> {
  if (!tx.queryRunner)
    throw new Error('COPY needs the transaction that Database.transaction() hands to its work');
  return (await tx.queryRunner.connect()) as Client;
}

async function* textChunks(
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): AsyncGenerator<Buffer> {
  let text = '';
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      text += copyLine(row);
      if (text.length >= chunkCharacters) {
        yield Buffer.from(text);
        text = '';
      }
    }
  } else {
    for await (const row of rows) {
      text += copyLine(row);
      if (text.length >= chunkCharacters) {
        yield Buffer.from(text);
        text = '';
      }
    }
  }
  if (text !== '') yield Buffer.from(text);
}
