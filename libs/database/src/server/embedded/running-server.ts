import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseProblem } from '../../failures';
import { rolePassword, urlFor } from '../roles';
import { presentCluster } from './cluster-folder';
import { superuser } from './initialise';

/**
 * How to reach a database of the embedded server that another process runs on the same data folder: for looking and
 * saving, never for stopping it.
 * @throws DatabaseProblem when no server has written down where it listens
 */
export function runningDatabaseUrl(dataDir: string, instanceSecret: Buffer, name: string): string {
  const admin = `postgres://${superuser}@127.0.0.1:${runningPort(dataDir)}/postgres`;
  return urlFor(admin, name, rolePassword(instanceSecret, name), name);
}

/**
 * Where the server listens that another process runs.
 * @throws DatabaseProblem when none has written it down
 */
export function runningPort(dataDir: string): number {
  const file = join(presentCluster(dataDir).path, 'postmaster.pid');
  // Line 4 of postmaster.pid is the port (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_PORT).
  const port = readLines(file)[3]?.trim();
  if (port) return Number(port);
  throw new DatabaseProblem('unreachable', `No running PostgreSQL is noted in ${file}: start Followthrough.`);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
