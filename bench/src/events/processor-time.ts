import { existsSync, readdirSync, readFileSync } from 'node:fs';

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

/** A process and all that it, and what it has started, has started; none where there is no /proc. */
export function descendantsOf(root: number): number[] {
  const processes = allProcesses();
  return [...processes.keys()].filter((pid) => belongs(pid, [root], processes));
}

/** Seconds of processor time that processes and all their descendants have used so far; 0 where there is no /proc. */
export function processorSeconds(roots: readonly number[]): number {
  const processes = allProcesses();
  let ticks = 0;
  for (const [pid, process] of processes) if (belongs(pid, roots, processes)) ticks += process.ticks;
  return ticks / TICKS;
}

function allProcesses(): Map<number, Process> {
  const processes = new Map<number, Process>();
  if (!existsSync('/proc/self/stat')) return processes;
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const found = readProcess(Number(name));
    if (found) processes.set(Number(name), found);
  }
  return processes;
}

function belongs(pid: number, roots: readonly number[], processes: ReadonlyMap<number, Process>): boolean {
  if (roots.includes(pid)) return true;
  const parent = processes.get(pid)?.parent;
  return parent !== undefined && parent > 1 && belongs(parent, roots, processes);
}

/** Program and arguments, with blanks between them; empty where the process has ended. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}
