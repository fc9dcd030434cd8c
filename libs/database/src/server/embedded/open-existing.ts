import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseProblem, errorCode } from '../../failures';
import { claimDataDir, type DataDirClaim } from '../claim-data-dir';
import type { ExistingServer } from '../postgres-server';
import { rolePassword, urlFor, withClient } from '../roles';
import { findBinaries } from './binaries';
import { presentCluster } from './cluster-folder';
import { superuser } from './initialise';
import { startPostmaster } from './postmaster';
import { runningPort } from './running-server';
import { durable } from './settings';

const versionFile = (dataDir: string): string => join(presentCluster(dataDir).path, 'PG_VERSION');

/** Whether a cluster of our own is there. */
export const hasEmbeddedData = (dataDir: string): boolean => existsSync(versionFile(dataDir));

/** @see openExisting */
export async function openExistingEmbedded(
  dataDir: string,
  instanceSecret: Buffer,
): Promise<ExistingServer | null> {
  if (!hasEmbeddedData(dataDir)) return null;
  const cluster = presentCluster(resolve(dataDir));
  const binaries = findBinaries(cluster.user);
  const major = readFileSync(versionFile(dataDir), 'utf8').trim();
  if (binaries.version.split('.')[0] !== major) throw otherVersion(cluster.path, major, binaries.version);
  const open = async (port: number, stop: () => Promise<void>): Promise<ExistingServer> => {
    const password = rolePassword(instanceSecret, superuser);
    const adminUrl = urlFor(`postgres://127.0.0.1:${port}`, superuser, password, 'postgres');
    try {
      await withClient(adminUrl, async () => undefined);
    } catch (error) {
      await stop();
      throw errorCode(error) === '28P01' ? otherSecret(error) : error;
    }
    const urlOf = (name: string): string => urlFor(adminUrl, name, rolePassword(instanceSecret, name), name);
    return { kind: 'embedded', adminUrl, urlOf, stop };
  };
  let claim: DataDirClaim;
  try {
    // Kept while we look, so that nobody starts meanwhile.
    claim = claimDataDir(dataDir);
  } catch (error) {
    if (!(error instanceof DatabaseProblem && error.kind === 'in-use')) throw error;
    return open(runningPort(dataDir), async () => undefined);
  }
  try {
    const postmaster = await startPostmaster(binaries, cluster, durable);
    return await open(postmaster.port, () => postmaster.stop().finally(() => claim.release()));
  } catch (error) {
    claim.release();
    throw error;
  }
}

function otherVersion(path: string, found: string, ours: string): DatabaseProblem {
  return new DatabaseProblem(
    'unsuitable',
    `The data in ${path} is of PostgreSQL ${found}, and this release brings ${ours}: save it with ft backup of the release that made it, and restore that into an empty DATA_DIR.`,
  );
}

function otherSecret(cause: unknown): DatabaseProblem {
  return new DatabaseProblem(
    'refused',
    'INSTANCE_SECRET (or the file instance-secret in DATA_DIR) is not the one that this installation was made with: set it back, because what is encrypted with it cannot be read with another.',
    { cause },
  );
}
