import { spawn, spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A server that runs as our child, with its files in a folder of its own. */
export interface ChildServer {
  readonly pid: number;
  /** Resolves when the process has ended, however that came. */
  readonly ended: Promise<void>;
  running(): boolean;
  /** The end of what it has written. */
  words(): string;
  /** Ends it and waits for that: with SIGTERM, and what does not heed it with SIGKILL after 20 s. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts a program; it is ended when this process ends, also when that is killed. */
export function startChild(command: string, args: readonly string[], folder: string): ChildServer {
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, 'server.log');
  const descriptor = openSync(logFile, 'w');
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', descriptor, descriptor],
    // A session of its own: Ctrl-C in the terminal is for us, who stop it in order.
    detached: true,
  });
  closeSync(descriptor);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const running = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (child.pid !== undefined) void ended.then(postWatchman(child.pid));
  return {
    pid: child.pid ?? -1,
    ended,
    running,
    words: () => readFileSync(logFile, 'utf8').trim().slice(-2000),
    stop: async (signal = 'SIGTERM') => {
      if (!running()) return;
      child.kill(signal);
      const late = new AbortController();
      const patience = delay(20_000, undefined, { signal: late.signal }).then(
        () => child.kill('SIGKILL'),
        () => false,
      );
      await Promise.race([ended, patience]);
      await ended;
      late.abort();
    },
  };
}

/** A shell that ends the server when our end of its pipe closes without a word: we were killed. */
function postWatchman(pid: number): () => void {
  const watchman = spawn('/bin/sh', ['-c', 'read -r line || kill -KILL "$0"', String(pid)], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchman.on('error', () => undefined);
  watchman.stdin.on('error', () => undefined);
  watchman.unref();
  return () => void watchman.stdin.end('stand down\n');
}

/** Different ports of the loopback interface that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Server>((resolve, reject) => {
          const probe = createServer();
          probe.once('error', reject);
          probe.listen(0, '127.0.0.1', () => resolve(probe));
        }),
    ),
  );
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** Where the program lies in PATH, or null. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return null;
}

/** Runs a program to its end. @throws Error with what it said, where it failed */
export function runProgram(command: string, args: readonly string[], folder: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${command} failed: ${error?.message ?? `${stdout}${stderr}`.trim().slice(-2000)}`);
}
