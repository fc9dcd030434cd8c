import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, descendantsOf, processorSeconds } from './events/processor-time';

/** After the start, before anything is at rest: compilers and collectors of garbage have their say first. */
const SETTLE_SECONDS = 30;
const IDLE_SECONDS = 40;
const READY = /Followthrough is ready/;

const launcher = join(dirname(require.resolve('@followthrough/host')), 'distributed-main.js');
const load = (): string => loadavg()[0]!.toFixed(2);

/**
 * `npm run start:distributed` with one process of each service: how long until all are ready, with Kafka, Redis and
 * PostgreSQL started too, at first and where there is data; then what each service does with the processor at rest.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-bench-'));
  try {
    for (const which of ['the first time', 'with data there']) {
      const before = load();
      const began = performance.now();
      const platform = await startPlatform(folder);
      const seconds = (performance.now() - began) / 1000;
      print(`  ready after ${seconds.toFixed(1)} s ${which} (load ${before} before)`);
      try {
        if (which === 'with data there') await atRest(platform.pid!, print);
      } finally {
        await stop(platform);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves when the launcher says that all are ready. */
async function startPlatform(folder: string): Promise<ChildProcess> {
  const platform = spawn(process.execPath, [launcher], {
    env: { ...process.env, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = (async () => {
    for await (const line of createInterface(platform.stdout)) if (READY.test(line)) return;
    throw new Error('It ended before it was ready');
  })();
  await ready;
  platform.stdout.resume();
  return platform;
}

async function atRest(launched: number, print: (line: string) => void): Promise<void> {
  await delay(SETTLE_SECONDS * 1000);
  const services = descendantsOf(launched).flatMap((pid) => {
    const service = /service-main\.js (\w+)/.exec(commandLine(pid))?.[1];
    return service ? [{ pid, service }] : [];
  });
  const before = services.map(({ pid }) => processorSeconds([pid]));
  const began = performance.now();
  await delay(IDLE_SECONDS * 1000);
  const seconds = (performance.now() - began) / 1000;
  print(`  at rest, over ${IDLE_SECONDS} s (load ${load()}):`);
  for (const [nth, { pid, service }] of services.entries()) {
    const share = ((processorSeconds([pid]) - before[nth]!) / seconds) * 100;
    print(`    ${service.padEnd(16)} ${share.toFixed(2)} % of a core`);
  }
}

async function stop(platform: ChildProcess): Promise<void> {
  const ended = once(platform, 'exit');
  platform.kill('SIGTERM');
  await ended;
}
