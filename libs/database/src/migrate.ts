import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { DatabaseProblem } from './failures';

export interface MigrateOptions {
  url: string;
  /** Absolute paths of folders with `NNNN_name.sql`, in the order in which they are to run. */
  directories: string[];
  /** Only these, by name (`messaging/0001_outbox.sql`); all if not given. */
  only?: string[];
  log?: { info(message: string): void };
}

interface Migration {
  /** `messaging/0001_outbox.sql`: the package that owns the folder, and the file */
  name: string;
  sql: string;
  sha256: string;
}

const ownTables = `
  CREATE TABLE IF NOT EXISTS schema_migration (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE IF NOT EXISTS instance_generation (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    generation integer NOT NULL
  );
  INSERT INTO instance_generation (generation) VALUES (0) ON CONFLICT DO NOTHING;
`;

/**
 * Brings a database to the present schema: runs, under a lock, each SQL file that has not run yet, in a
 * transaction of its own. Files that ran and are gone (an older release on a newer schema) are left alone.
 * @throws DatabaseProblem when a file was changed after it ran, or one fails: the message names it
 */
export async function migrate({
  url,
  directories,
  only,
  log,
}: MigrateOptions): Promise<{ applied: string[] }> {
  const migrations = directories.flatMap(readMigrations).filter(({ name }) => only?.includes(name) ?? true);
  const client = new Client({ connectionString: url, application_name: 'followthrough migrations' });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('followthrough migrations', 0))`);
    await client.query(`SET client_min_messages = warning; ${ownTables}`);
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'SELECT name, sha256 FROM schema_migration',
    );
    const done = new Map(rows.map((row) => [row.name, row.sha256]));
    const applied: string[] = [];
    for (const migration of migrations) {
      const ran = done.get(migration.name);
      if (ran === migration.sha256) continue;
      if (ran !== undefined) throw changed(migration, client.database);
      await apply(client, migration);
      applied.push(migration.name);
      log?.info(`Applied migration ${migration.name}`);
    }
    return { applied };
  } finally {
    await client.end();
  }
}

async function apply(client: Client, { name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO schema_migration (name, sha256) VALUES ($1, $2)', [name, sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const { message, position } = error as { message: string; position?: string };
    const line = position ? ` (line ${sql.slice(0, Number(position)).split('\n').length})` : '';
    throw new DatabaseProblem(
      'unsuitable',
      `Migration ${name} failed in database ${client.database}${line}: ${message}`,
      {
        cause: error,
      },
    );
  }
}

function changed({ name }: Migration, database: string | undefined): DatabaseProblem {
  return new DatabaseProblem(
    'unsuitable',
    `Migration ${name} has been changed since it ran in database ${database}: bring the file back as it was, and put the change into a new migration.`,
  );
}

/** Of one folder, in the order in which they are to run. */
export function readMigrations(directory: string): Migration[] {
  const owner = ownerOf(directory);
  return readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      // A checkout with CRLF line ends is the same migration.
      const sql = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
      return { name: `${owner}/${file}`, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/** The package a folder belongs to, which stays the same wherever the files are built or installed. */
function ownerOf(directory: string): string {
  for (let folder = directory; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string };
    if (name) return name.replace(/^@[^/]+\//, '');
  }
  return basename(directory);
}
