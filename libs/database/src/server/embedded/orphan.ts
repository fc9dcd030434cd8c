import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseProblem } from '../../failures';
import type { ServerLog } from '../postgres-server';

/** https://www.postgresql.org/docs/18/server-shutdown.html: fast, immediate, and as for any process at last. */
const escalation: { signal: NodeJS.Signals; waitMs: number }[] = [
  { signal: 'SIGINT', waitMs: 20_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/**
 * Clears what a killed predecessor has left in the data directory: a server that still runs on it is stopped, and a
 * pid file is removed if its number is by now another program's (PostgreSQL itself handles that of a process which
 * is gone). The caller holds the claim on the data folder, so a server found here belongs to nobody.
 */
export async function clearOrphan(clusterPath: string, log: ServerLog): Promise<void> {
  const pidFile = join(clusterPath, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === null) return;
  if (isPostmasterOf(pid, clusterPath)) {
    log.info(`Stopping the PostgreSQL server (process ${pid}) that an earlier run left behind`);
    await stopProcess(pid, () => isPostmasterOf(pid, clusterPath));
  }
  if (isAlive(pid)) rmSync(pidFile, { force: true });
}

/** Ends a server, first gently; resolves when `runs` says that it is gone. */
export async function stopProcess(pid: number, runs: () => boolean): Promise<void> {
  for (const { signal, waitMs } of escalation) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw new DatabaseProblem(
        'in-use',
        `PostgreSQL (process ${pid}) is running on these data as another user: stop it, or set DATA_DIR.`,
        { cause: error },
      );
    }
    const until = Date.now() + waitMs;
    while (Date.now() < until) {
      if (!runs()) return;
      await delay(20);
    }
  }
  throw new DatabaseProblem('in-use', `PostgreSQL (process ${pid}) does not end: stop it, and start again.`);
}

function readPid(pidFile: string): number | null {
  if (!existsSync(pidFile)) return null;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** A postmaster works in its data directory; after a restart of the system its number may be anyone's. */
function isPostmasterOf(pid: number, clusterPath: string): boolean {
  if (!isAlive(pid)) return false;
  switch (process.platform) {
    case 'linux':
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterPath);
      } catch {
        // A zombie, or another user's process.
        return false;
      }
    case 'win32':
      return spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], {
        encoding: 'utf8',
      }).stdout.includes('postgres');
    default:
      return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(
        clusterPath,
      );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
