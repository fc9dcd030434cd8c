import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServer } from '@followthrough/database';
import { createLogger } from '@followthrough/service-kit';
import { startKafka } from '@followthrough/stack';

/** A PostgreSQL and a broker of their own, empty. */
export interface Servers {
  brokers: string[];
  urlOf: (database: string) => Promise<string>;
  stop: () => Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-bench-'));
  const server = await openServer({
    databaseUrl: null,
    dataDir: folder,
    instanceSecret: randomBytes(32),
    log: createLogger('error'),
  });
  const kafka = await startKafka({ folder: join(folder, 'kafka'), compiling: 'full' });
  return {
    brokers: kafka.addresses,
    urlOf: (name) => server.ensureDatabase(name),
    stop: async () => {
      await kafka.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
