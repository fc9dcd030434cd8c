import type { Client } from 'pg';
import { foreignKeys, type ForeignKey } from './catalogue';
import type { SavedDatabase } from './manifest';

const keysOf = new WeakMap<Client, ForeignKey[]>();

/**
 * Opens the transaction in which one database is filled: foreign keys are dropped, triggers are silent, and rows
 * that migrations put into these tables give way to those of the backup.
 */
export async function openTables(client: Client, { tables }: SavedDatabase): Promise<void> {
  await client.query('BEGIN');
  await client.query(`SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'`);
  const keys = await foreignKeys(client);
  keysOf.set(client, keys);
  for (const { table, name } of keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { name } of tables)
    await client.query(`TRUNCATE ${name}; ALTER TABLE ${name} DISABLE TRIGGER USER`);
}

/** Checks the foreign keys by making them again, sets sequences and generation, and commits. */
export async function closeTables(
  client: Client,
  { tables, sequences, generation }: SavedDatabase,
): Promise<void> {
  for (const { name } of tables) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  for (const { table, name, definition } of keysOf.get(client) ?? []) {
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  }
  for (const { name, lastValue, isCalled } of sequences) {
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [name, lastValue, isCalled]);
  }
  await client.query('UPDATE instance_generation SET generation = $1', [generation + 1]);
  await client.query('COMMIT');
  await client.query('ANALYZE');
}

/** Leaves the database as `ensureDatabase` made it. */
export async function clear(client: Client): Promise<void> {
  await client.query('ROLLBACK');
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
  );
  for (const { name } of rows) await client.query(`DROP SCHEMA ${name} CASCADE`);
  await client.query('CREATE SCHEMA public');
}
