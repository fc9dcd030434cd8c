import type { Transaction } from '@followthrough/database';
import type { PoolClient } from 'pg';

/**
 * A statement of the transaction that each connection parses and plans only once: where a transaction carries a
 * single event, planning took longer than all the rest.
 */
export async function prepared<Row extends object>(
  tx: Transaction,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  if (!tx.queryRunner)
    throw new Error('Events need the transaction that Database.transaction() hands to its work');
  const client = (await tx.queryRunner.connect()) as PoolClient;
  const { rows } = await client.query<Row>({ name, text, values });
  return rows;
}
