import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../testing/run';

let folder: string;
const kept = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'followthrough-upgrade-'));
  for (const name of ['DATABASE_URL', 'KAFKA_BROKERS', 'REDIS_URL', 'INSTANCE_SECRET'])
    delete process.env[name];
  process.env.DATA_DIR = join(folder, 'data');
});

afterEach(() => {
  process.env = { ...kept };
  rmSync(folder, { recursive: true, force: true });
});

it('ends with 0 where nothing hinders, and tells a program what it saw', async () => {
  const { status, out, err } = await run(['upgrade', '--check', '--json']);
  expect([status, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    canTakeOver: 'yes',
    findings: expect.arrayContaining([{ about: 'Node.js', level: 'good', sentence: expect.any(String) }]),
  });
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

it('ends with 1 where something is to be done first, and says what', async () => {
  mkdirSync(join(folder, 'data', 'postgres'), { recursive: true });
  writeFileSync(join(folder, 'data', 'postgres', 'PG_VERSION'), '17\n');
  writeFileSync(join(folder, 'data', 'instance-secret'), 'c2VjcmV0');
  const { status, out, err } = await run(['upgrade', '--check']);
  expect([status, err]).toEqual([
    1,
    expect.stringMatching(/^Followthrough \S+ cannot take over yet: see to what says NO\./),
  ]);
  expect(out).toMatch(/^NO +PostgreSQL +The data in .* is of PostgreSQL 17, .*: save it with ft backup/m);
});

it('ends with 2 where something could not be seen, or a setting cannot be read', async () => {
  process.env.DATABASE_URL = 'postgres://someone@127.0.0.1:1/none';
  process.env.INSTANCE_SECRET = 'as long as a secret is to be, and longer';
  const unseen = await run(['upgrade', '--check']);
  expect([unseen.status, unseen.out]).toEqual([
    2,
    expect.stringMatching(/^\? +PostgreSQL .* cannot be reached/m),
  ]);
  process.env.DATABASE_URL = 'mysql://nowhere';
  expect(await run(['upgrade', '--check'])).toMatchObject({
    status: 2,
    err: expect.stringMatching(/^DATABASE_URL is/),
  });
  expect((await run(['upgrade'])).status).toBe(2);
});
