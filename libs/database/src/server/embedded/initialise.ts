import { spawn } from 'node:child_process';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseProblem, isDiskFull, saysDiskFull } from '../../failures';
import type { Binaries } from './binaries';
import { freeBytes, makePrivateFolder, type ClusterFolder } from './cluster-folder';

/** A new cluster takes 40 MB, and a first import of a few thousand rows as much again with its log. */
const neededBytes = 200 * 1024 * 1024;

export const superuser = 'postgres';

/**
 * Makes the cluster unless it is there. It appears whole or not at all, however the process ends meanwhile.
 * @param sync whether to wait until the files are on disk
 */
export async function initialise(
  binaries: Binaries,
  cluster: ClusterFolder,
  password: string,
  sync: boolean,
): Promise<void> {
  if (existsSync(join(cluster.path, 'PG_VERSION'))) return;
  if (freeBytes(cluster.parent) < neededBytes) throw diskFull(cluster);
  const fresh = `${cluster.path}.new`;
  const passwordFile = `${cluster.path}.password`;
  try {
    rmSync(fresh, { recursive: true, force: true });
    makePrivateFolder(fresh, cluster.user);
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (cluster.user) chownSync(passwordFile, cluster.user.uid, cluster.user.gid);
    await runInitdb(binaries, cluster, fresh, passwordFile, sync);
    rmSync(cluster.path, { recursive: true, force: true });
    renameSync(fresh, cluster.path);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw isDiskFull(error) ? diskFull(cluster, error) : error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function runInitdb(
  { initdb }: Binaries,
  cluster: ClusterFolder,
  folder: string,
  passwordFile: string,
  sync: boolean,
): Promise<void> {
  const options = [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // With LC_CTYPE C, pg_trgm drops every letter that is not ASCII, and this cannot be changed later.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--lc-ctype=C.UTF-8',
    '--no-instructions',
    ...(sync ? [] : ['--no-sync']),
  ];
  return new Promise((resolve, reject) => {
    const run = spawn(initdb, options, {
      ...cluster.user,
      cwd: cluster.parent,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-8_000));
    run.stdout.on('data', collect);
    run.stderr.on('data', collect);
    run.once('error', reject);
    run.once('close', (status) => (status === 0 ? resolve() : reject(failure(cluster, output.trim()))));
  });
}

function failure(cluster: ClusterFolder, words: string): DatabaseProblem {
  const nameless = /could not look up effective user ID (\d+)/.exec(words);
  if (nameless) {
    return new DatabaseProblem(
      'unsuitable',
      `PostgreSQL wants its user to have a name, and user ${nameless[1]} has none in /etc/passwd: add one, start as another user, or set DATABASE_URL.`,
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
