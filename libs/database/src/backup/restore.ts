import { Client } from 'pg';
import { copyTextIn } from '../copy/streams';
import { DatabaseProblem } from '../failures';
import { migrate } from '../migrate';
import { readArchive, type ArchiveEntry } from './archive';
import { countTables } from './catalogue';
import { checkedManifest } from './check';
import { partEntry, type BackupManifest, type SavedDatabase, type SavedTable } from './manifest';
import { clear, closeTables, openTables } from './target';

export interface RestoreOptions {
  from: string;
  /** the databases to fill, as `ensureDatabase` made them, each with its service's folders of migrations */
  databases: { name: string; url: string; migrations: string[] }[];
  onTable?: (database: string, table: SavedTable) => void;
}

interface Target {
  url: string;
  migrations: string[];
  saved: SavedDatabase;
  client: Client;
}

/**
 * Fills empty databases from a backup: first the schema as it was when the backup was made, then the rows, then the
 * migrations that came since. The whole file is checked before the first row is written, and what fails leaves the
 * databases empty again. The generation rises by one, so that events published from now on win over those that the
 * lost time had published.
 * @throws DatabaseProblem with a sentence that says what to do
 */
export async function restore({ from, databases, onTable }: RestoreOptions): Promise<BackupManifest> {
  const manifest = await checkedManifest(from);
  const targets: Target[] = [];
  try {
    for (const saved of manifest.databases) {
      const given = databases.find(({ name }) => name === saved.name);
      if (!given)
        throw new DatabaseProblem(
          'unsuitable',
          `${from} holds database ${saved.name}, which this release does not have.`,
        );
      targets.push({ ...given, saved, client: await connect(given.url) });
    }
    for (const { client } of targets) await requireEmpty(client);
    try {
      for (const target of targets) await prepare(target, from);
      await load(from, targets, onTable);
      for (const { client, saved } of targets) await closeTables(client, saved);
      for (const { url, migrations } of targets) await migrate({ url, directories: migrations });
    } catch (error) {
      for (const { client } of targets) await clear(client);
      throw error;
    }
    return manifest;
  } finally {
    await Promise.all(targets.map(({ client }) => client.end()));
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'followthrough restore' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function requireEmpty(client: Client): Promise<void> {
  const tables = await countTables(client);
  if (tables === 0) return;
  throw new DatabaseProblem(
    'unsuitable',
    `Database ${client.database} holds ${tables} tables already, and a backup is restored into an empty server only: set DATA_DIR to a new folder, or DATABASE_URL to a new server.`,
  );
}

/** Brings the schema to what it was, and its tables to where COPY may fill them in any order. */
async function prepare({ url, migrations, saved, client }: Target, from: string): Promise<void> {
  await migrate({ url, directories: migrations, only: saved.migrations.map(({ name }) => name) });
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM schema_migration',
  );
  const missing = saved.migrations.find(
    ({ name, sha256 }) => !rows.some((row) => row.name === name && row.sha256 === sha256),
  );
  if (missing) {
    throw new DatabaseProblem(
      'unsuitable',
      `${from} was made by a release that has migration ${missing.name}, which this one does not have in that form: restore it with that release or a later one.`,
    );
  }
  await openTables(client, saved);
}

async function load(from: string, targets: Target[], onTable: RestoreOptions['onTable']): Promise<void> {
  const entries = readArchive(from);
  for (const { client, saved } of targets) {
    for (const table of saved.tables) {
      const rows = await copyTextIn(
        client,
        `${table.name} (${table.columns.join(', ')})`,
        partsOf(entries, saved, table),
      );
      if (rows !== table.rows)
        throw new Error(`Of ${table.rows} rows of ${table.name} PostgreSQL took ${rows}`);
      onTable?.(saved.name, table);
    }
  }
  await entries.return(undefined);
}

async function* partsOf(
  entries: AsyncGenerator<ArchiveEntry>,
  database: SavedDatabase,
  table: SavedTable,
): AsyncGenerator<Buffer> {
  for (let part = 1; part <= table.parts; part += 1) {
    const { value } = (await entries.next()) as IteratorResult<ArchiveEntry, undefined>;
    if (value?.name !== partEntry(database.name, table.name, part))
      throw new Error(`Part ${part} of ${table.name} is not where the manifest says`);
    yield* value.content;
  }
}
