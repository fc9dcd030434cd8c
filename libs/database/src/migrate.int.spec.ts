import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@followthrough/testing';
import { Database } from './database';
import { currentGeneration } from './generation';
import { migrate } from './migrate';

let database: Database;
let folder: string;
const library = (): string => join(folder, 'library/migrations');
const service = (): string => join(folder, 'service/migrations');
const run = (): Promise<{ applied: string[] }> =>
  migrate({ url: database.url, directories: [library(), service()] });

beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'followthrough-migrate-'));
  for (const directory of [library(), service()]) mkdirSync(directory, { recursive: true });
  writeFileSync(join(folder, 'library/package.json'), '{ "name": "@followthrough/library" }');
  writeFileSync(join(folder, 'service/package.json'), '{ "name": "@followthrough/service" }');
  writeFileSync(
    join(library(), '0001_first.sql'),
    'CREATE TABLE one (id int);\nINSERT INTO one VALUES (1);\n',
  );
  writeFileSync(join(service(), '0001_first.sql'), 'CREATE TABLE two AS SELECT id FROM one;');
  writeFileSync(join(service(), 'README.md'), 'no migration');
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

it("runs what has not run yet, in order, once, under its package's name", async () => {
  expect(await run()).toEqual({ applied: ['library/0001_first.sql', 'service/0001_first.sql'] });
  expect(await run()).toEqual({ applied: [] });
  writeFileSync(join(service(), '0002_second.sql'), 'INSERT INTO two VALUES (2);');
  expect(await run()).toEqual({ applied: ['service/0002_second.sql'] });
  expect(await database.query('SELECT id FROM two ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
});

it('lets many start at once', async () => {
  const runs = await Promise.all([run(), run(), run()]);
  expect(runs.flatMap(({ applied }) => applied).sort()).toEqual([
    'library/0001_first.sql',
    'service/0001_first.sql',
  ]);
});

it('refuses a file that was changed after it ran; other line ends are no change', async () => {
  await run();
  writeFileSync(
    join(library(), '0001_first.sql'),
    'CREATE TABLE one (id int);\r\nINSERT INTO one VALUES (1);\r\n',
  );
  expect(await run()).toEqual({ applied: [] });
  writeFileSync(join(library(), '0001_first.sql'), 'CREATE TABLE one (id bigint);');
  await expect(run()).rejects.toThrow('Migration library/0001_first.sql has been changed since it ran');
});

it('names the file and line that fail, and keeps nothing of it', async () => {
  writeFileSync(join(service(), '0002_broken.sql'), 'CREATE TABLE half (id int);\nSELECT nonsense;\n');
  await expect(run()).rejects.toThrow(/Migration service\/0002_broken\.sql failed .*\(line 2\).*nonsense/);
  expect(await database.query(`SELECT to_regclass('half') AS half, to_regclass('two') AS two`)).toEqual([
    { half: null, two: 'two' },
  ]);
});

it('leaves alone what a newer release has run', async () => {
  await run();
  rmSync(join(service(), '0001_first.sql'));
  expect(await run()).toEqual({ applied: [] });
});

it('starts at generation 0', async () => {
  await run();
  expect(await database.transaction(currentGeneration)).toBe(0);
});
