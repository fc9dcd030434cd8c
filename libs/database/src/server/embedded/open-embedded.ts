import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { DatabaseProblem, errorCode } from '../../failures';
import { ensureDatabase } from '../ensure-database';
import type { PostgresServer, ServerLog } from '../postgres-server';
import { rolePassword, scramVerifier, withClient } from '../roles';
import { findBinaries, type Binaries } from './binaries';
import { clusterFolder, type ClusterFolder } from './cluster-folder';
import { initialise, superuser } from './initialise';
import { asNamedUser } from './named-user';
import { clearOrphan } from './orphan';
import { fullDisk, startPostmaster } from './postmaster';
import { durable, undurable } from './settings';

export interface EmbeddedOptions {
  dataDir: string;
  instanceSecret: Buffer;
  log: ServerLog;
  /** made together with a new cluster, by the way */
  databases: string[];
  /** false only for tests: what was committed may be lost in a crash of the machine */
  durable: boolean;
  /** free if not given */
  port?: number;
}

/**
 * Runs our own PostgreSQL on `<dataDir>/postgres`, made when it is not there, on a free port of the loopback
 * interface. The caller holds the claim on `dataDir`.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<PostgresServer> {
  const { instanceSecret, databases, log } = options;
  const settings = options.durable ? durable : undurable;
  const cluster = clusterFolder(resolve(options.dataDir), log);
  const binaries = findBinaries(cluster.user);
  const password = rolePassword(instanceSecret, superuser);
  await clearOrphan(cluster.path, log);
  const furnish = async (fresh: ClusterFolder): Promise<void> => {
    if (databases.length === 0) return;
    const maker = await startPostmaster(binaries, fresh, undurable);
    try {
      const adminUrl = adminUrlOf(maker.port, password);
      await Promise.all(databases.map((name) => ensureDatabase(adminUrl, instanceSecret, name)));
    } finally {
      await maker.stop();
    }
  };
  await initialise(binaries, cluster, { password, furnish, sync: options.durable, log });
  const start = (): ReturnType<typeof startPostmaster> =>
    startPostmaster(binaries, cluster, settings, options.port);
  let postmaster = await start();
  if (!(await letsIn(postmaster.port, password))) {
    await postmaster.stop();
    resetPassword(binaries, cluster, password);
    postmaster = await start();
  }
  const adminUrl = adminUrlOf(postmaster.port, password);
  let stopping = false;
  const listeners: ((sentence: string) => void)[] = [];
  void postmaster.ended.then((words) => {
    if (stopping) return;
    const sentence =
      fullDisk(cluster, words)?.message ??
      `PostgreSQL ended unexpectedly: start again, and nothing that was committed is missing; its last words:\n${words.slice(-1_000)}`;
    for (const listener of listeners) listener(sentence);
  });
  return {
    kind: 'embedded',
    adminUrl,
    ensureDatabase: (name) => ensureDatabase(adminUrl, instanceSecret, name),
    stop: async () => {
      stopping = true;
      await postmaster.stop();
    },
    onUnexpectedExit: (listener) => void listeners.push(listener),
  };
}

function adminUrlOf(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

async function letsIn(port: number, password: string): Promise<boolean> {
  try {
    await withClient(adminUrlOf(port, password), async () => undefined);
    return true;
  } catch (error) {
    if (errorCode(error) === '28P01') return false;
    throw error;
  }
}

/** The instance's secret has been changed: who owns the files may set the password that follows from it. */
function resetPassword({ postgres }: Binaries, cluster: ClusterFolder, password: string): void {
  const [command, args] = asNamedUser(postgres, ['--single', '-D', cluster.path, 'postgres']);
  const run = spawnSync(command, args, {
    ...cluster.user,
    cwd: cluster.parent,
    env: { ...process.env, LC_ALL: 'C' },
    input: `ALTER ROLE ${superuser} PASSWORD '${scramVerifier(password)}'\n`,
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    throw new DatabaseProblem(
      'refused',
      `The password of the built-in PostgreSQL could not be set; it said:\n${run.stderr}`,
    );
  }
}
