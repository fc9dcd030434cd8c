import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Database, migrate } from '@followthrough/database';

export interface TestDatabaseOptions {
  /** folders of SQL migrations, in order */
  migrations?: string[];
  entities?: Function[];
  poolSize?: number;
}

/**
 * A fresh database with the given schema on the PostgreSQL of this test run. `close()` drops it.
 * The schema is made once a run and copied, so a database costs some 50 ms.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const { migrations = [], entities = [], poolSize = 8 } = options;
  const name = `ft_test_${randomBytes(8).toString('hex')}`;
  await withServer(async (client) => {
    const template = await templateFor(client, migrations);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  });
  const database = await Database.open({ name: 'test', url: urlOf(name), entities, poolSize });
  const close = database.close.bind(database);
  database.close = async () => {
    await close();
    await withServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return database;
}

/** The address of the PostgreSQL that this test run may use, as a superuser. */
export function testServerUrl(): string {
  const url = process.env.FT_TEST_DATABASE_URL;
  if (!url)
    throw new Error('No FT_TEST_DATABASE_URL: the global setup of Jest starts the server that it names');
  return url;
}

function urlOf(database: string): string {
  const url = new URL(testServerUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function withServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: testServerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A database that holds the schema and nothing else; made by whoever needs it first. */
async function templateFor(client: Client, migrations: string[]): Promise<string> {
  const name = `ft_schema_${fingerprint(migrations)}`;
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
  try {
    const there = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (there.rowCount === 0) {
      // One without the mark was left half made.
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.query(
        `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' LC_CTYPE 'C.UTF-8'`,
      );
      await migrate({ url: urlOf(name), directories: migrations });
      await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
    }
    return name;
  } finally {
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  }
}

function fingerprint(migrations: string[]): string {
  const hash = createHash('sha256');
  for (const directory of migrations) {
    hash.update(`${directory}\n`);
    for (const file of readdirSync(directory).sort())
      hash.update(`${file}\n`).update(readFileSync(join(directory, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
