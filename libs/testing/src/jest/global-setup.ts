import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Jest loads this file before its module map applies, so the library is reached by path.
import { openServer } from '../../../database/src/server/open-server';
import type { TestServer } from './test-server';

/** Starts one PostgreSQL for all test files of a run, or uses the one that FT_TEST_DATABASE_URL names. */
export default async function startTestServer(): Promise<void> {
  if (process.env.FT_TEST_DATABASE_URL) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'followthrough-test-'));
  const log = { info: () => undefined, warn: () => undefined };
  const server = await openServer({
    databaseUrl: null,
    dataDir,
    instanceSecret: randomBytes(32),
    log,
    durable: false,
  });
  process.env.FT_TEST_DATABASE_URL = server.adminUrl;
  (globalThis as TestServer).followthroughTestServer = { server, dataDir };
}
