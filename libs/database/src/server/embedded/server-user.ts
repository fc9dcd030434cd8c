import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** Whom PostgreSQL runs as, where that is not ourselves. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** "nobody" on Linux and the highest 16-bit id elsewhere: any user without rights does. */
const unprivileged: ServerUser = { uid: 65534, gid: 65534 };

const weAreRoot = (): boolean => process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root. Started by root it runs as whoever owns the data already, else as a user
 * without rights; started by anyone else, as that user (null).
 */
export function serverUser(clusterDir: string): ServerUser | null {
  if (!weAreRoot()) return null;
  try {
    const { uid, gid } = statSync(clusterDir);
    return uid === 0 ? unprivileged : { uid, gid };
  } catch {
    return unprivileged;
  }
}

/** Whether that user can enter the folder: asked of the system, which knows of access lists and name spaces too. */
export function canEnter(user: ServerUser | null, folder: string): boolean {
  if (user === null) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
  );
}
