import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { copyTextOut } from '../copy/streams';
import { writeArchive, type AddEntry } from './archive';
import { foreignKeys, sequences, storedColumns } from './catalogue';
import {
  backupFormat,
  manifestEntry,
  partEntry,
  type BackupManifest,
  type SavedDatabase,
  type SavedTable,
} from './manifest';

export interface BackupOptions {
  databases: {
    name: string;
    url: string;
    /** that the service owns; copies of others' data, outbox and inbox are not worth keeping */
    tables: string[];
  }[];
  /** the file to write; it must not be there yet */
  to: string;
  onTable?: (database: string, table: SavedTable) => void;
}

/** Held in memory at a time; tar wants the size of an entry before its bytes. */
const partBytes = 4 * 1024 * 1024;

/**
 * Saves the owned tables of all databases in one file, which any later release on any supported version of
 * PostgreSQL restores. Each database is seen at one moment, all of them at nearly the same one, while work goes on.
 * @throws DatabaseProblem with a sentence that says what to do
 */
export async function backup({ databases, to, onTable }: BackupOptions): Promise<BackupManifest> {
  const takenAt = new Date().toISOString();
  const clients = new Map<string, Client>();
  const saved: SavedDatabase[] = [];
  const manifest: BackupManifest = { format: backupFormat, takenAt, databases: saved };
  try {
    await Promise.all(databases.map(async ({ name, url }) => clients.set(name, await snapshot(url))));
    await writeArchive(to, async (add) => {
      for (const { name, tables } of databases) {
        const client = clients.get(name)!;
        const database = await describe(client, name);
        await requireWhole(client, tables);
        for (const table of tables) {
          const savedTable = await saveTable(client, name, table, add);
          database.tables.push(savedTable);
          onTable?.(name, savedTable);
        }
        saved.push(database);
      }
      await add(manifestEntry, Buffer.from(JSON.stringify(manifest, null, 2)));
    });
    return manifest;
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

async function snapshot(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'followthrough backup' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // The snapshot is taken by the first statement. Text must not depend on the server's settings.
  await client.query(`SELECT set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'postgres', true),
    set_config('extra_float_digits', '1', true), set_config('timezone', 'UTC', true)`);
  return client;
}

async function describe(client: Client, name: string): Promise<SavedDatabase> {
  const { rows: migrations } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM schema_migration ORDER BY applied_at, name',
  );
  const { rows: generations } = await client.query<{ generation: number }>(
    'SELECT generation FROM instance_generation',
  );
  return {
    name,
    generation: generations[0]!.generation,
    migrations,
    tables: [],
    sequences: await sequences(client),
  };
}

/** A row without the one it refers to could not be restored. */
async function requireWhole(client: Client, tables: string[]): Promise<void> {
  const torn = (await foreignKeys(client)).find(
    (key) => tables.includes(key.table) && !tables.includes(key.refersTo),
  );
  if (torn) throw new Error(`Table ${torn.table} is backed up and refers to ${torn.refersTo}, which is not`);
}

async function saveTable(
  client: Client,
  database: string,
  table: string,
  add: AddEntry,
): Promise<SavedTable> {
  const columns = await storedColumns(client, table);
  const hash = createHash('sha256');
  const saved: SavedTable = { name: table, columns, rows: 0, bytes: 0, sha256: '', parts: 0 };
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const flush = async (): Promise<void> => {
    if (pendingBytes === 0) return;
    saved.parts += 1;
    await add(partEntry(database, table, saved.parts), Buffer.concat(pending));
    pending = [];
    pendingBytes = 0;
  };
  for await (const chunk of copyTextOut(client, `${table} (${columns.join(', ')})`)) {
    hash.update(chunk);
    saved.bytes += chunk.length;
    saved.rows += lineEnds(chunk);
    pending.push(chunk);
    pendingBytes += chunk.length;
    if (pendingBytes >= partBytes) await flush();
  }
  await flush();
  return { ...saved, sha256: hash.digest('hex') };
}

/** In COPY's text a line end inside a value is written as `\n`, so each of these bytes ends a row. */
function lineEnds(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}
