import type { Client } from 'pg';
import type { Transaction } from '../database';
import { copyTextIn, copyTextOut } from './streams';
import { copyLine, type CopyValue } from './text-format';

type Rows = Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>;

const chunkCharacters = 64 * 1024;

/**
 * Writes rows by COPY, the fastest way in. Null and undefined are NULL, a Date is a timestamp, a Buffer is bytea,
 * an object is JSON, an array is a PostgreSQL array (for a jsonb column that holds an array give
 * `JSON.stringify(array)`). Rows are taken as fast as the server accepts them; memory stays flat.
 * @param into the table and its columns: `recommendation (id, text)`
 * @returns how many rows were written
 * @throws what `rows` threw, or PostgreSQL's error; the transaction is then aborted
 */
export async function copyIn(tx: Transaction, into: string, rows: Rows): Promise<number> {
  return copyTextIn(await clientOf(tx), into, textChunks(rows));
}

/** As `copyIn`, for bytes that are lines of COPY's text format already. */
export async function copyLinesIn(tx: Transaction, into: string, lines: Iterable<Buffer>): Promise<number> {
  return copyTextIn(await clientOf(tx), into, lines);
}

/**
 * Reads by COPY, in its text format, as fast as the consumer takes it.
 * @param source a query, or a table with columns: `SELECT …` or `recommendation (id, text)`
 */
export async function* copyOut(tx: Transaction, source: string): AsyncGenerator<Buffer> {
  yield* copyTextOut(await clientOf(tx), source);
}

async function clientOf(tx: Transaction): Promise<Client> {
  if (!tx.queryRunner)
    throw new Error('COPY needs the transaction that Database.transaction() hands to its work');
  return (await tx.queryRunner.connect()) as Client;
}

async function* textChunks(rows: Rows): AsyncGenerator<Buffer> {
  let text = '';
  const full = (row: readonly CopyValue[]): boolean => (text += copyLine(row)).length >= chunkCharacters;
  const taken = (): Buffer => {
    const bytes = Buffer.from(text);
    text = '';
    return bytes;
  };
  // Rows at hand are not awaited one by one: that alone would take as long as writing them.
  if (Symbol.iterator in rows) {
    for (const row of rows) if (full(row)) yield taken();
  } else {
    for await (const row of rows) if (full(row)) yield taken();
  }
  if (text !== '') yield taken();
}
