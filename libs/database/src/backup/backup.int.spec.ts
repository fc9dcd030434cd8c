import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, testServerUrl } from '@followthrough/testing';
import { Client } from 'pg';
import { copyIn, copyOut } from '../copy/copy';
import { Database } from '../database';
import { currentGeneration } from '../generation';
import { migrate } from '../migrate';
import { ensureDatabase } from '../server/ensure-database';
import { backup } from './backup';
import { restore } from './restore';

const schema = `
  CREATE EXTENSION pg_trgm;
  CREATE SCHEMA directory;
  CREATE TABLE directory.member (id uuid PRIMARY KEY, name text, head uuid REFERENCES directory.member);
  CREATE TABLE review (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL, day date, held timestamptz, tags text[],
    doc jsonb, bytes bytea, share double precision, cost numeric, latest bigint,
    shout text GENERATED ALWAYS AS (upper(title)) STORED, touched int NOT NULL DEFAULT 0
  );
  CREATE TABLE answer (id serial PRIMARY KEY, review_id bigint NOT NULL REFERENCES review);
  ALTER TABLE review ADD CONSTRAINT latest_answer FOREIGN KEY (latest) REFERENCES answer;
  CREATE INDEX ON review USING gin (title gin_trgm_ops);
  CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY, payload text);
  INSERT INTO review (title) VALUES ('made by a migration');
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.touched := NEW.touched + 1; RETURN NEW; END $$;
  CREATE TRIGGER touch BEFORE INSERT ON review FOR EACH ROW EXECUTE FUNCTION touch();
`;
const tables = ['directory.member', 'review', 'answer'];
const secret = Buffer.from('secret');

let folder: string;
let source: Database;
let file: string;
const migrations = (): string => join(folder, 'migrations');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'followthrough-backup-'));
  file = join(folder, 'backup.tar.gz');
  mkdirSync(migrations());
  writeFileSync(join(migrations(), '0001_schema.sql'), schema);
  source = await testDatabase({ migrations: [migrations()] });
  await fill(source);
});

afterEach(async () => {
  await source.close();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(database: Database): Promise<void> {
  function* reviews(): Generator<unknown[]> {
    for (let i = 0; i < 20_000; i += 1) {
      const hostile = `${i}\t"quoted", \\back\\ \n 人权 حقوق ${'padding '.repeat(30)}`;
      yield [
        hostile,
        '2024-02-29',
        new Date(1.7e12 + i),
        [hostile, 'b'],
        { [hostile]: i },
        Buffer.from([i, 0, 10, 92]),
        i / 7,
        '0.10',
      ];
    }
  }
  await database.transaction(async (tx) => {
    await copyIn(tx, 'review (title, day, held, tags, doc, bytes, share, cost)', reviews());
    await tx.query('INSERT INTO answer (review_id) SELECT id FROM review ORDER BY id DESC LIMIT 100');
    await tx.query(
      'UPDATE review SET latest = (SELECT max(answer.id) FROM answer WHERE review_id = review.id)',
    );
    await tx.query(`INSERT INTO outbox (payload) VALUES ('not owned')`);
    const [child, head] = ['0190163d-8694-739b-aea5-966c26f8ad91', '0190163d-8694-739b-aea5-966c26f8ad92'];
    await tx.query('INSERT INTO directory.member VALUES ($2, NULL, NULL), ($1, $3, $2)', [
      child,
      head,
      'Ann',
    ]);
  });
}

/** A new database of its own role, as a service has it. */
async function emptyDatabase(): Promise<{ name: string; url: string }> {
  const name = `ft_restored_${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`;
  return { name, url: await ensureDatabase(testServerUrl(), secret, name) };
}

async function dropDatabase(name: string): Promise<void> {
  const client = new Client({ connectionString: testServerUrl() });
  await client.connect();
  await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await client.end();
}

async function hashes(database: Database): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of tables) {
    const hash = createHash('sha256');
    await database.transaction(async (tx) => {
      for await (const chunk of copyOut(tx, `SELECT * FROM ${table} ORDER BY id`)) hash.update(chunk);
    });
    found[table] = hash.digest('hex');
  }
  return found;
}

const count = async (database: Database, table: string): Promise<number> =>
  (await database.query<{ count: number }>(`SELECT count(*) FROM ${table}`))[0]!.count;

it('brings every row of the owned tables back into an empty database, equal by hash', async () => {
  const target = await emptyDatabase();
  const saved = await backup({ databases: [{ name: target.name, url: source.url, tables }], to: file });
  expect(saved.databases[0]!.tables.map(({ name, rows }) => [name, rows])).toEqual([
    ['directory.member', 2],
    ['review', 20_001],
    ['answer', 100],
  ]);
  expect(saved.databases[0]!.tables[1]!.parts).toBeGreaterThan(2);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(existsSync(`${file}.part`)).toBe(false);

  const restored: string[] = [];
  await restore({
    from: file,
    databases: [{ ...target, migrations: [migrations()] }],
    onTable: (_, { name }) => restored.push(name),
  });
  expect(restored).toEqual(tables);
  const copy = await Database.open({ name: 'copy', url: target.url, entities: [] });
  expect(await hashes(copy)).toEqual(await hashes(source));
  expect(await count(copy, 'outbox')).toBe(0);
  expect(await copy.transaction(currentGeneration)).toBe(1);
  expect(await copy.query(`INSERT INTO review (title) VALUES ('next') RETURNING id, touched`)).toEqual([
    { id: 20_002, touched: 1 },
  ]);
  await expect(copy.query('INSERT INTO answer (review_id) VALUES (0)')).rejects.toMatchObject({
    code: '23503',
  });

  const again = join(folder, 'again.tar.gz');
  await backup({ databases: [{ name: target.name, url: copy.url, tables }], to: again });
  await copy.close();
  await dropDatabase(target.name);
  const second = await emptyDatabase();
  await restore({ from: again, databases: [{ ...second, migrations: [migrations()] }] });
  const secondCopy = await Database.open({ name: 'copy', url: second.url, entities: [] });
  expect(await secondCopy.transaction(currentGeneration)).toBe(2);
  await secondCopy.close();
  await dropDatabase(second.name);
});

it('sees one moment while work goes on', async () => {
  const added: Promise<unknown>[] = [];
  const saved = await backup({
    databases: [{ name: 'ft_moment', url: source.url, tables: ['review', 'answer'] }],
    to: file,
    onTable: () =>
      void added.push(source.query('INSERT INTO answer (review_id) SELECT id FROM review LIMIT 500')),
  });
  await Promise.all(added);
  expect(added).toHaveLength(2);
  expect(saved.databases[0]!.tables[1]!.rows).toBe(100);
});

it('restores a backup of an older release, and then runs the migrations that came since', async () => {
  const target = await emptyDatabase();
  await backup({ databases: [{ name: target.name, url: source.url, tables }], to: file });
  writeFileSync(
    join(migrations(), '0002_later.sql'),
    `ALTER TABLE review ADD words int; UPDATE review SET words = 7;`,
  );
  await restore({ from: file, databases: [{ ...target, migrations: [migrations()] }] });
  const copy = await Database.open({ name: 'copy', url: target.url, entities: [] });
  expect(await copy.query('SELECT count(*) FROM review WHERE words = 7')).toEqual([{ count: 20_001 }]);
  await copy.close();
  await dropDatabase(target.name);
});

describe('it refuses, and leaves the database empty,', () => {
  let target: { name: string; url: string };
  const attempt = (from = file): Promise<unknown> =>
    restore({ from, databases: [{ ...target, migrations: [migrations()] }] });

  beforeEach(async () => {
    target = await emptyDatabase();
    await backup({ databases: [{ name: target.name, url: source.url, tables }], to: file });
  });

  afterEach(() => dropDatabase(target.name));

  const tablesHeld = async (): Promise<number> => {
    const client = new Client({ connectionString: target.url });
    await client.connect();
    const { rowCount } = await client.query(
      `SELECT FROM pg_tables WHERE schemaname !~ '^pg_|information_schema'`,
    );
    await client.end();
    return rowCount ?? 0;
  };

  it('what is damaged, cut off, missing or no backup', async () => {
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
    writeFileSync(join(folder, 'damaged'), bytes);
    await expect(attempt(join(folder, 'damaged'))).rejects.toThrow('is not a whole backup');
    truncateSync(file, bytes.length - 1000);
    await expect(attempt()).rejects.toThrow('is not a whole backup');
    writeFileSync(file, 'Dear all, …');
    await expect(attempt()).rejects.toThrow('is not a whole backup');
    await expect(attempt(join(folder, 'none'))).rejects.toThrow('none is not there');
    expect(await tablesHeld()).toBe(0);
  });

  it('a backup of a newer release', async () => {
    rmSync(join(migrations(), '0001_schema.sql'));
    await expect(attempt()).rejects.toThrow('0001_schema.sql, which this one does not have in that form');
    expect(await tablesHeld()).toBe(0);
  });

  it('when a later migration fails on the restored rows, so that a corrected one can be tried', async () => {
    writeFileSync(join(migrations(), '0002_broken.sql'), 'SELECT 1 / 0');
    await expect(attempt()).rejects.toThrow('0002_broken.sql failed');
    expect(await tablesHeld()).toBe(0);
    rmSync(join(migrations(), '0002_broken.sql'));
    await attempt();
  });

  it('a database that is not empty, whose rows it leaves alone', async () => {
    await migrate({ url: target.url, directories: [migrations()] });
    await expect(attempt()).rejects.toThrow(
      /holds \d+ tables already, and a backup is restored into an empty server only/,
    );
    expect(await tablesHeld()).toBeGreaterThan(3);
  });
});

it('does not overwrite a backup, and leaves nothing of one that failed', async () => {
  writeFileSync(file, 'precious');
  await expect(backup({ databases: [{ name: 'ft', url: source.url, tables }], to: file })).rejects.toThrow(
    'is there already',
  );
  expect(readFileSync(file, 'utf8')).toBe('precious');
  rmSync(file);
  await expect(
    backup({ databases: [{ name: 'ft', url: source.url, tables: ['answer'] }], to: file }),
  ).rejects.toThrow('Table answer is backed up and refers to review, which is not');
  expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
});
