import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Jest loads this file before its module map applies, so the library is reached by path.
import { findBinaries } from '../../../database/src/server/embedded/binaries';
import { openServer } from '../../../database/src/server/open-server';
import type { PostgresServer } from '../../../database/src/server/postgres-server';
import type { TestServer } from './test-server';

/** Starts one PostgreSQL for all test files of a run, or uses the one that FT_TEST_DATABASE_URL names. */
export default async function startTestServer(): Promise<void> {
  if (process.env.FT_TEST_DATABASE_URL) return;
  const dataDir = emptyFolder();
  const pristine = await pristineCluster();
  if (pristine) spawnSync('cp', ['-a', join(pristine, 'postgres'), dataDir]);
  const server = await open(dataDir);
  process.env.FT_TEST_DATABASE_URL = server.adminUrl;
  (globalThis as TestServer).followthroughTestServer = { server, dataDir };
}

/**
 * A cluster that initdb has made and nobody has used, kept between runs: a copy costs a fifth of making it.
 * Null where it cannot be kept; each run then makes its own.
 */
async function pristineCluster(): Promise<string | null> {
  if (!process.getuid) return null;
  const kept = join(
    tmpdir(),
    `followthrough-test-pristine-${process.getuid()}-${findBinaries(null).version}`,
  );
  if (!existsSync(kept)) {
    const fresh = emptyFolder();
    await (await open(fresh)).stop();
    try {
      renameSync(fresh, kept);
    } catch {
      // Another run was quicker.
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return statSync(kept).uid === process.getuid() ? kept : null;
}

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'followthrough-test-'));

function open(dataDir: string): Promise<PostgresServer> {
  const log = { info: () => undefined, warn: () => undefined };
  const instanceSecret = Buffer.from('of a server that lives as long as its tests');
  return openServer({ databaseUrl: null, dataDir, instanceSecret, log, durable: false });
}
