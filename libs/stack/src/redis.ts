import { mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram, freePorts, startChild, type ChildServer } from './child-server';

export interface RedisServer {
  url: string;
  /** Ends the process as a crash would, or gently; its files stay. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;

/** What a Redis on this machine wants, in a sentence; null: nothing. */
export const redisMissing = (): string | null =>
  findProgram('redis-server') ? null : 'Redis is not in PATH: apt-get install redis-server';

/** Starts Redis as production has it: an append-only file, and an error rather than an eviction when it is full. */
export async function startRedis({ folder }: { folder: string }): Promise<RedisServer> {
  const missing = redisMissing();
  if (missing) throw new Error(missing);
  mkdirSync(folder, { recursive: true });
  let [port] = (await freePorts(1)) as [number];
  let child = await run(port, folder).catch(async () => {
    // The port was taken meanwhile.
    [port] = (await freePorts(1)) as [number];
    return run(port, folder);
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: (signal) => child.stop(signal),
    start: async () => void (child = await run(port, folder)),
  };
}

async function run(port: number, folder: string): Promise<ChildServer> {
  const settings = {
    bind: '127.0.0.1',
    port,
    dir: folder,
    save: '',
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = startChild(findProgram('redis-server')!, args, join(folder, 'run'));
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await answers(port))) {
    if (!child.running()) throw new Error(`Redis did not start; it said:\n${child.words()}`);
    if (Date.now() > until) {
      await child.stop('SIGKILL');
      throw new Error(`Redis was not ready within ${READY_WITHIN_MS / 1000} s; it said:\n${child.words()}`);
    }
    await delay(20);
  }
  return child;
}

/** While it still reads its files it answers with an error instead of PONG. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
    const settle = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('data', (answer) => settle(answer.toString().startsWith('+PONG')));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
