import { Client } from 'pg';
import { unsuitableLocale } from './server/ensure-database';
import { readMigrations } from './migrate';

/** Asks a database what it holds, at one moment, in a transaction that may change nothing. */
export async function readOnly<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'followthrough check',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How a database stands to the migrations of this release, by their names (`messaging/0001_messaging.sql`). */
export interface SchemaStanding {
  /** The next start runs them. */
  pending: string[];
  /** Have run, and this release does not know them: a later one was here. */
  unknown: string[];
  /** Have run with another text. */
  changed: string[];
}

/** @param directories as for `migrate` */
export async function schemaStanding(client: Client, directories: string[]): Promise<SchemaStanding> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('schema_migration') IS NOT NULL AS there`,
  );
  const { rows } = tables[0]!.there
    ? await client.query<{ name: string; sha256: string }>(
        'SELECT name, sha256 FROM schema_migration ORDER BY applied_at, name',
      )
    : { rows: [] };
  const known = new Map(directories.flatMap(readMigrations).map(({ name, sha256 }) => [name, sha256]));
  const ran = new Set(rows.map(({ name }) => name));
  return {
    pending: [...known.keys()].filter((name) => !ran.has(name)),
    unknown: rows.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    changed: rows
      .filter(({ name, sha256 }) => (known.get(name) ?? sha256) !== sha256)
      .map(({ name }) => name),
  };
}

export interface LocaleStanding {
  /** `builtin`, `icu` or `libc` */
  provider: string;
  /** A sentence that says what is wrong and what to do; null: nothing. */
  refusal: string | null;
  /** Whether the system now sorts by other rules than when the indexes were made; the builtin provider never does. */
  sortsAnew: boolean;
}

export async function localeStanding(client: Client): Promise<LocaleStanding> {
  const { rows } = await client.query<{ provider: string; made: string | null; now: string | null }>(
    `SELECT CASE datlocprovider WHEN 'b' THEN 'builtin' WHEN 'i' THEN 'icu' ELSE 'libc' END AS provider,
            datcollversion AS made, pg_database_collation_actual_version(oid) AS now
     FROM pg_database WHERE datname = current_database()`,
  );
  const { provider, made, now } = rows[0]!;
  return {
    provider,
    refusal: (await unsuitableLocale(client))?.message ?? null,
    sortsAnew: made !== null && now !== null && made !== now,
  };
}
