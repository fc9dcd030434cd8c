import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A service in a process of its own. */
export interface Replica {
  service: string;
  url: string;
  child: ChildProcess;
  /** It has said so; what it had to announce has been printed before. */
  started: boolean;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/**
 * Starts a service on the port of its address.
 * @param onOutput what it prints, line by line
 * @param onExit told when it ends without having been stopped
 */
export function startReplica(
  service: string,
  url: string,
  environment: NodeJS.ProcessEnv,
  options: { announce: boolean; onOutput: (line: string) => void; onExit: (replica: Replica) => void },
): Replica {
  const child = spawn(
    process.execPath,
    [join(__dirname, 'service-main.js'), service, ...(options.announce ? ['--announce'] : [])],
    {
      env: { ...environment, HOST: '127.0.0.1', PORT: new URL(url).port },
      stdio: ['ignore', 'pipe', 'inherit'],
      // A session of its own: Ctrl-C in the terminal is for the launcher, which stops all in order.
      detached: true,
    },
  );
  child.stdout.on('data', (part: Buffer) => {
    for (const line of part.toString().split('\n')) {
      if (line.startsWith('ready: ')) replica.started = true;
      else if (line !== '') options.onOutput(line);
    }
  });
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const replica: Replica = {
    service,
    url,
    child,
    started: false,
    stop: async () => {
      stopping = true;
      // What has ended already is only waited for.
      child.kill('SIGTERM');
      await ended;
    },
  };
  void ended.then(() => {
    if (!stopping) options.onExit(replica);
  });
  return replica;
}

/** @throws Error where it has ended, or is not ready in time */
export async function untilReady(replica: Replica): Promise<void> {
  const { service, url, child } = replica;
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const ready = await fetch(`${url}/api/${service}/v1/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready && replica.started) return;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${service} ended before it was ready: its reason is above.`);
    }
    if (Date.now() > until) throw new Error(`${service} was not ready within ${READY_WITHIN_MS / 1000} s.`);
    await delay(50);
  }
}
