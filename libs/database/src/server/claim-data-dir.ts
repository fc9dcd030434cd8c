import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseProblem, errorCode, isDiskFull } from '../failures';

export interface DataDirClaim {
  /** Says where the instance is reached, for the message that a second start prints. */
  announce(url: string): void;
  release(): void;
}

interface Holder {
  pid: number;
  /** When that process began: the same number may later be another process's. */
  began: string | null;
  url: string | null;
}

/**
 * Takes the data folder for this process. A claim left by a process that is gone counts for nothing.
 * @throws DatabaseProblem when another instance runs on it, or nothing can be written there
 */
export function claimDataDir(dataDir: string): DataDirClaim {
  const file = join(dataDir, 'followthrough.pid');
  const ours: Holder = { pid: process.pid, began: beginningOf(process.pid), url: null };
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(draft, JSON.stringify(ours));
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw unusable(dataDir, error);
  }
  try {
    while (!linked(draft, file)) {
      const holder = read(file);
      if (holder && runs(holder)) throw alreadyRunning(holder);
      // Of two that find the same stale claim only one can move it away; the other sees the new one next.
      const stale = `${draft}.stale`;
      try {
        renameSync(file, stale);
      } catch {
        continue;
      }
      const moved = read(stale);
      if (moved && runs(moved)) linked(stale, file);
      rmSync(stale, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    announce: (url) => {
      writeFileSync(draft, JSON.stringify({ ...ours, url } satisfies Holder));
      renameSync(draft, file);
    },
    release: () => {
      if (read(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

/** Makes the claim, with its content, in one step; false when there is one. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function runs({ pid, began }: Holder): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = beginningOf(pid);
  return began === null || now === null || began === now;
}

function beginningOf(pid: number): string | null {
  if (process.platform === 'win32') return null;
  if (process.platform === 'linux') {
    try {
      // Field 22 of proc_pid_stat(5), in ticks since the system started; the name in field 2 may hold spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
    } catch {
      return null;
    }
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || null;
}

function alreadyRunning({ pid, url }: Holder): DatabaseProblem {
  const where = url ? `, ${url}` : '';
  return new DatabaseProblem(
    'in-use',
    `Followthrough is already running (process ${pid}${where}); stop it or set DATA_DIR.`,
  );
}

function unusable(dataDir: string, error: unknown): DatabaseProblem {
  return isDiskFull(error)
    ? new DatabaseProblem(
        'disk-full',
        `The disk that holds ${dataDir} is full: free some space and start again, or set DATA_DIR to a folder on another disk.`,
        { cause: error },
      )
    : new DatabaseProblem(
        'unsuitable',
        `Nothing can be written to ${dataDir} (${errorCode(error)}): make it this user's, or set DATA_DIR to another folder.`,
        { cause: error },
      );
}
