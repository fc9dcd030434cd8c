import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseProblem, saysDiskFull } from '../../failures';
import type { Binaries } from './binaries';
import { freeBytes, type ClusterFolder } from './cluster-folder';
import { stopProcess } from './orphan';

const host = '127.0.0.1';

/** A server that runs as our child. */
export interface Postmaster {
  port: number;
  /** Resolves when the process has ended, with the words it left in its log. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** What another try may cure: a port that was taken meanwhile, the last sessions of a server that was killed. */
const passing = /could not bind|pre-existing shared memory block/;

/** Starts the server, on a free port if none is given, and resolves when it accepts connections. */
export async function startPostmaster(
  binaries: Binaries,
  cluster: ClusterFolder,
  settings: Record<string, string | number>,
  wanted?: number,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    try {
      return await start(binaries, cluster, { ...settings, port });
    } catch (error) {
      if (attempt === 20 || !(error instanceof Error && passing.test(error.message))) throw error;
      await delay(50 * attempt);
    }
  }
}

async function start(
  { postgres }: Binaries,
  cluster: ClusterFolder,
  settings: Record<string, string | number>,
): Promise<Postmaster> {
  const log = serverLog(cluster);
  const child = spawn(
    postgres,
    ['-D', cluster.path, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...cluster.user,
      cwd: cluster.parent,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', log.descriptor, log.descriptor],
      // A session of its own: Ctrl-C in the terminal is for us, who stop it once the work is done.
      detached: true,
    },
  );
  closeSync(log.descriptor);
  let running = true;
  const ended = new Promise<string>((resolve, reject) => {
    child.once('error', (error) => {
      running = false;
      reject(error);
    });
    child.once('exit', () => {
      running = false;
      resolve(log.written());
    });
  });
  // Whoever waits for it hears of it; a start that fails is reported below.
  ended.catch(() => undefined);
  const dismissWatchman = child.pid === undefined ? () => undefined : postWatchman(child.pid, cluster);
  void ended.then(dismissWatchman, dismissWatchman);
  const pidFile = join(cluster.path, 'postmaster.pid');
  while (running && !isReady(pidFile, child)) await delay(10);
  if (!running) throw failedStart(cluster, await ended);
  return {
    port: Number(settings.port),
    ended,
    stop: async () => {
      if (running && child.pid !== undefined) await stopProcess(child.pid, () => running);
    },
  };
}

/**
 * A shell that ends the server when we end, also by kill -9: it waits for a line from us, and when our end of the
 * pipe closes without one it sends a fast shutdown. Windows has no such shell; there the next start finds the orphan.
 */
function postWatchman(pid: number, cluster: ClusterFolder): () => void {
  if (process.platform === 'win32') return () => undefined;
  const watchman = spawn('/bin/sh', ['-c', 'read -r line || kill -INT "$0"', String(pid)], {
    ...cluster.user,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchman.on('error', () => undefined);
  watchman.stdin.on('error', () => undefined);
  watchman.unref();
  return () => void watchman.stdin.end('stand down\n');
}

/** Line 8 of postmaster.pid is the state: `ready` (src/include/utils/pidfile.h). */
function isReady(pidFile: string, child: ChildProcess): boolean {
  if (!existsSync(pidFile)) return false;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
}

function failedStart(cluster: ClusterFolder, words: string): DatabaseProblem {
  return (
    fullDisk(cluster, words) ??
    new DatabaseProblem('unsuitable', `PostgreSQL did not start on ${cluster.path}; it said:\n${words}`)
  );
}

/** A segment of the write-ahead log: the server cannot go on with less. */
const neededBytes = 16 * 1024 * 1024;

/** Whether a server ended for want of space; its log, on the same disk, may not have had room to say so. */
export function fullDisk(cluster: ClusterFolder, words: string): DatabaseProblem | null {
  if (!saysDiskFull(words) && freeBytes(cluster.parent) >= neededBytes) return null;
  return new DatabaseProblem(
    'disk-full',
    `The disk that holds ${cluster.parent} is full: free some space on it and start again, or move the folder to another disk and set DATA_DIR to it.`,
  );
}

interface ServerOutput {
  descriptor: number;
  /** what has been written since this start */
  written(): string;
}

/** A file, not a pipe: the server must be able to write when we are busy or gone. */
function serverLog(cluster: ClusterFolder): ServerOutput {
  const path = join(cluster.parent, 'postgres.log');
  if (existsSync(path) && statSync(path).size > 5_000_000) renameSync(path, `${path}.1`);
  const descriptor = openSync(path, 'a', 0o600);
  const from = statSync(path).size;
  return { descriptor, written: () => readFileSync(path).subarray(from).toString().trim().slice(-4_000) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port')),
      );
    });
  });
}
