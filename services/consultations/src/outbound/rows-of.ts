import type { Database, Transaction } from '@followthrough/database';

/** Whatever statements can be run on: the pool, or an open transaction. */
export type Reader = Pick<Database, 'query'> | Transaction;

export async function rowsOf<Row>(reader: Reader, sql: string, params: unknown[]): Promise<Row[]> {
  return (await reader.query(sql, params)) as Row[];
}
