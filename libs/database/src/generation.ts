import type { DataSource } from 'typeorm';
import type { Transaction } from './database';

const known = new WeakMap<DataSource, number>();

/**
 * How often this database has been restored from a backup, from 0. Events are ordered by (generation, version):
 * what is published after a restore wins over what the lost future had published under the same versions.
 * It can change only while no service runs, so it is read once a process.
 */
export async function currentGeneration(tx: Transaction): Promise<number> {
  const { dataSource } = tx;
  const cached = known.get(dataSource);
  if (cached !== undefined) return cached;
  const rows = await tx.query<{ generation: number }[]>('SELECT generation FROM instance_generation');
  const generation = rows[0]?.generation ?? 0;
  known.set(dataSource, generation);
  return generation;
}
