import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../database';
import { explainDatabaseError, isDiskFull } from '../../failures';
import { openServer } from '../open-server';
import type { PostgresServer } from '../postgres-server';
import { freeBytes } from './cluster-folder';
import { fullDisk } from './postmaster';

const log = { info: () => undefined, warn: () => undefined };
const instanceSecret = Buffer.from('secret');
const open = (dataDir: string): Promise<PostgresServer> =>
  openServer({ databaseUrl: null, dataDir, instanceSecret, log, durable: false });

let disk: string;
let isSmallDisk = false;

/** A disk of that many megabytes, where we may mount one; the tests below say what is known without. */
function mountSmallDisk(megabytes: number): void {
  disk = mkdtempSync(join(tmpdir(), 'followthrough-disk-'));
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'none', disk]);
  isSmallDisk = mount.status === 0;
}

afterEach(() => {
  if (isSmallDisk) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

it('says before it begins that there is no room for a database', async () => {
  mountSmallDisk(60);
  if (!isSmallDisk) {
    const problem = fullDisk(
      { path: join(disk, 'postgres'), parent: disk, user: null },
      'FATAL: No space left on device',
    );
    expect(problem?.message).toContain('free some space on it and start again');
    return;
  }
  await expect(open(disk)).rejects.toThrow(
    `The disk that holds ${disk} is full (a new database needs 200 MB): free some space and start again, or set DATA_DIR to a folder on another disk.`,
  );
});

it('fails what does not fit, says why, goes on when there is room, and tells of its end when there is none', async () => {
  mountSmallDisk(280);
  if (!isSmallDisk) {
    const refused = Object.assign(new Error('could not extend file'), { code: '53100' });
    expect(explainDatabaseError(refused)).toContain('The disk that holds the database is full');
    return;
  }
  const server = await open(disk);
  const ended = new Promise<string>((resolve) => server.onUnexpectedExit(resolve));
  const database = await Database.open({ name: 'full', url: server.adminUrl, entities: [] });
  await database.query('CREATE TABLE kept AS SELECT 1 AS one');
  const refusal = await database
    .query(
      `CREATE UNLOGGED TABLE large AS SELECT repeat(md5(i::text), 50) AS text FROM generate_series(1, 1000000) AS i`,
    )
    .catch((error: unknown) => error);
  expect(isDiskFull(refusal)).toBe(true);
  expect(explainDatabaseError(refusal)).toContain('free some space on it');
  expect(await database.query('SELECT one FROM kept')).toEqual([{ one: 1 }]);

  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(freeBytes(disk) - 4096));
  // Nothing but its log grows: PostgreSQL cannot go on without room for that.
  for (let writing = true; writing;) {
    writing = await database
      .query(`SELECT pg_logical_emit_message(false, 'ballast', repeat('x', 4000000))`)
      .then(
        () => true,
        () => false,
      );
  }
  expect(await ended).toBe(
    `The disk that holds ${disk} is full: free some space on it and start again, or move the folder to another disk and set DATA_DIR to it.`,
  );
  await database.close();
  await expect(open(disk)).rejects.toThrow(`The disk that holds ${disk} is full`);
  rmSync(ballast);
  const again = await open(disk);
  const survived = await Database.open({ name: 'again', url: again.adminUrl, entities: [] });
  expect(await survived.query('SELECT one FROM kept LIMIT 1')).toEqual([{ one: 1 }]);
  await survived.close();
  await again.stop();
  chmodSync(disk, 0o755);
}, 180_000);
