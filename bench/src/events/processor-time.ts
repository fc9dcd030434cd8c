import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of a second in /proc, the same on every Linux that Node runs on. */
const TICKS = 100;
const [UTIME, STIME, CUTIME, CSTIME] = [11, 12, 13, 14];

interface Process {
  parent: number;
  /** Of its own and of its children that have ended. */
  ticks: number;
}

/** @returns null where the process has just ended */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [UTIME, STIME, CUTIME, CSTIME].reduce((sum, field) => sum + Number(fields[field]), 0);
    return { parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}

/** Seconds of processor time that processes and all their descendants have used so far; 0 where there is no /proc. */
export function processorSeconds(roots: readonly number[]): number {
  const processes = new Map<number, Process>();
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return 0;
  }
  for (const pid of pids) {
    const found = readProcess(Number(pid));
    if (found) processes.set(Number(pid), found);
  }
  const belongs = (pid: number): boolean => {
    if (roots.includes(pid)) return true;
    const parent = processes.get(pid)?.parent;
    return parent !== undefined && parent > 1 && belongs(parent);
  };
  let ticks = 0;
  for (const [pid, process] of processes) if (belongs(pid)) ticks += process.ticks;
  return ticks / TICKS;
}

/** Bytes of memory that a process has resident now. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}
