import { spawn } from 'node:child_process';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseProblem, isDiskFull, saysDiskFull } from '../../failures';
import type { ServerLog } from '../postgres-server';
import type { Binaries } from './binaries';
import { freeBytes, makePrivateFolder, type ClusterFolder } from './cluster-folder';
import { asNamedUser } from './named-user';
import { clearOrphan } from './orphan';
import { syncOnly } from './settings';

/** A new cluster takes 40 MB, and a first import of a few thousand rows as much again with its log. */
const neededBytes = 200 * 1024 * 1024;

export const superuser = 'postgres';

export interface NewCluster {
  /** of the superuser */
  password: string;
  /** Puts into the new cluster what it is to hold from the first. */
  furnish(fresh: ClusterFolder): Promise<void>;
  /** whether to wait until the files are on disk */
  sync: boolean;
  log: ServerLog;
}

/** Makes the cluster unless it is there. It appears whole or not at all, however the process ends meanwhile. */
export async function initialise(
  binaries: Binaries,
  cluster: ClusterFolder,
  wanted: NewCluster,
): Promise<void> {
  if (existsSync(join(cluster.path, 'PG_VERSION'))) return;
  if (freeBytes(cluster.parent) < neededBytes) throw diskFull(cluster);
  const fresh = { ...cluster, path: `${cluster.path}.new` };
  const passwordFile = `${cluster.path}.password`;
  try {
    await clearOrphan(fresh.path, wanted.log);
    rmSync(fresh.path, { recursive: true, force: true });
    makePrivateFolder(fresh.path, cluster.user);
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, wanted.password, { mode: 0o600 });
    if (cluster.user) chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
    await runInitdb(binaries, fresh, [...layout, `--pwfile=${passwordFile}`]);
    await wanted.furnish(fresh);
    // One flush at the end: a server that flushed every file of every database as it made it would take ten times as long.
    if (wanted.sync) await runInitdb(binaries, fresh, syncOnly);
    rmSync(cluster.path, { recursive: true, force: true });
    renameSync(fresh.path, cluster.path);
  } catch (error) {
    rmSync(fresh.path, { recursive: true, force: true });
    throw isDiskFull(error) ? diskFull(cluster, error) : error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

const layout = [
  `--username=${superuser}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // With LC_CTYPE C, pg_trgm drops every letter that is not ASCII, and this cannot be changed later.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--lc-ctype=C.UTF-8',
  '--no-instructions',
  '--no-sync',
];

function runInitdb({ initdb }: Binaries, cluster: ClusterFolder, options: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const [command, args] = asNamedUser(initdb, [`--pgdata=${cluster.path}`, ...options]);
    const run = spawn(command, args, {
      ...cluster.user,
      cwd: cluster.parent,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-8_000));
    run.stdout.on('data', collect);
    run.stderr.on('data', collect);
    run.once('error', (error) =>
      reject(command === initdb ? error : failure(cluster, `unshare: ${error.message}`)),
    );
    run.once('close', (status) => (status === 0 ? resolve() : reject(failure(cluster, output.trim()))));
  });
}

function failure(cluster: ClusterFolder, words: string): DatabaseProblem {
  if (/could not look up effective user ID|^unshare:/m.test(words)) {
    return new DatabaseProblem(
      'unsuitable',
      'PostgreSQL wants its user to have a name, and this one has none in /etc/passwd: add one, start as another user, or set DATABASE_URL.',
    );
  }
  return new DatabaseProblem(
    saysDiskFull(words) ? 'disk-full' : 'unsuitable',
    `PostgreSQL could not make its files in ${cluster.path}; it said:\n${words}`,
  );
}

function diskFull(cluster: ClusterFolder, cause?: unknown): DatabaseProblem {
  return new DatabaseProblem(
    'disk-full',
    `The disk that holds ${cluster.parent} is full (a new database needs ${neededBytes / 1024 / 1024} MB): free some space and start again, or set DATA_DIR to a folder on another disk.`,
    { cause },
  );
}
