import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openServer } from '@followthrough/database';
import { Client } from 'pg';
import { freePorts } from './child-server';

export interface PostgresChild {
  /** A superuser's. */
  url: string;
  /** Ends the server as a crash would, or gently; its files stay. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
}

/** Starts PostgreSQL from the embedded binaries. */
export async function startPostgres({ folder }: { folder: string }): Promise<PostgresChild> {
  const [port] = (await freePorts(1)) as [number];
  const log = { info: () => undefined, warn: () => undefined };
  const open = () =>
    openServer({ databaseUrl: null, dataDir: folder, instanceSecret: keptSecret(folder), log, port });
  let server = await open();
  const dataDirectory = await settingOf(server.adminUrl, 'data_directory');
  return {
    url: server.adminUrl,
    stop: async (signal = 'SIGTERM') => {
      if (signal === 'SIGTERM') return server.stop();
      const [line] = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
      const pid = Number(line);
      process.kill(pid, 'SIGKILL');
      while (runs(pid)) await delay(10);
    },
    start: async () => void (server = await open()),
  };
}

async function settingOf(url: string, name: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [name]);
    return rows[0]!.value;
  } finally {
    await client.end();
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function keptSecret(folder: string): Buffer {
  const file = join(folder, 'secret');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64url');
}
