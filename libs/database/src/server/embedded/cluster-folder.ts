import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseProblem } from '../../failures';
import type { ServerLog } from '../postgres-server';
import { canEnter, serverUser, type ServerUser } from './server-user';

export interface ClusterFolder {
  /** PostgreSQL's data directory; made by initdb. */
  path: string;
  /** Its parent, which the server's user can enter. */
  parent: string;
  user: ServerUser | null;
}

/**
 * Where the server's files are: in `<dataDir>/postgres`. Started by root inside a folder that no other user may
 * enter (/root, say), PostgreSQL could not reach them there: then under /var/lib/followthrough, and a file
 * `postgres.location` in the data folder names the place.
 */
export function clusterFolder(
  dataDir: string,
  log: ServerLog,
  refuge = '/var/lib/followthrough',
): ClusterFolder {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const noted = notedParent(dataDir);
  if (noted) return inParent(noted);
  const user = serverUser(join(dataDir, 'postgres'));
  if (user === null || letIn(user, dataDir)) return inParent(dataDir);
  const elsewhere = join(
    refuge,
    `${basename(dataDir).replace(/^\.+/, '')}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`,
  );
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  if (!canEnter(user, elsewhere)) {
    throw new DatabaseProblem(
      'unsuitable',
      `PostgreSQL does not run as root, and no other user may enter ${dataDir}: set DATA_DIR to a folder that all may enter, or start as another user than root.`,
    );
  }
  writeFileSync(noteIn(dataDir), `${elsewhere}\n`);
  log.warn(
    `No user but root may enter ${dataDir}, and PostgreSQL does not run as root: its files are in ${elsewhere}`,
  );
  return inParent(elsewhere);
}

/** Where the server's files are, for who only looks: nothing is made or opened to anyone. */
export function presentCluster(dataDir: string): ClusterFolder {
  return inParent(notedParent(dataDir) ?? dataDir);
}

const noteIn = (dataDir: string): string => join(dataDir, 'postgres.location');

function notedParent(dataDir: string): string | null {
  const note = noteIn(dataDir);
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : null;
}

/** Opens our own folder to the server's group for passing through, where only that is in the way. */
function letIn(user: ServerUser, dataDir: string): boolean {
  if (canEnter(user, dataDir)) return true;
  const { uid, gid, mode } = statSync(dataDir);
  chownSync(dataDir, uid, user.gid);
  chmodSync(dataDir, (mode & 0o707) | 0o010);
  if (canEnter(user, dataDir)) return true;
  chownSync(dataDir, uid, gid);
  chmodSync(dataDir, mode);
  return false;
}

function inParent(parent: string): ClusterFolder {
  const path = join(parent, 'postgres');
  return { path, parent, user: serverUser(path) };
}

/** An empty folder that only the server's user may open. */
export function makePrivateFolder(path: string, user: ServerUser | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (user) chownSync(path, user.uid, user.gid);
}

export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
