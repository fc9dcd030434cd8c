import {
  backup,
  claimDataDir,
  DatabaseProblem,
  openServer,
  restore,
  runningDatabaseUrl,
  type BackupManifest,
} from '@followthrough/database';
import { createLogger, type PlatformConfig } from '@followthrough/service-kit';
import { instanceSecret } from './instance-secret';
import { noteBackup } from './last-backup';
import { services } from './services';

type UrlOf = (database: string) => Promise<string>;

/** Told of each table when it is done. */
export type OnTable = (table: { database: string; name: string; rows: number }) => void;

const databaseOf = (service: string) => `ft_${service}`;

/**
 * Saves what every service owns, uploads included, in one file, whether the platform runs or not.
 * @throws DatabaseProblem: one sentence that says what to do
 */
export function backupPlatform(
  config: PlatformConfig,
  to: string,
  onTable: OnTable,
): Promise<BackupManifest> {
  return withServer(config, 'running or not', async (urlOf) => {
    const manifest = await backup({
      to,
      databases: await Promise.all(
        services.map(async ({ name, ownedTables }) => ({
          name,
          url: await urlOf(databaseOf(name)),
          tables: ownedTables,
        })),
      ),
      onTable: (database, { name, rows }) => onTable({ database, name, rows }),
    });
    noteBackup(config.dataDir, { takenAt: manifest.takenAt, file: to });
    return manifest;
  });
}

/**
 * Fills an installation that holds nothing yet. The generation rises, and at the next start every owner tells its
 * present state again, so that copies are rebuilt.
 * @throws DatabaseProblem: one sentence that says what to do
 */
export function restorePlatform(
  config: PlatformConfig,
  from: string,
  onTable: OnTable,
): Promise<BackupManifest> {
  return withServer(config, 'stopped', async (urlOf) =>
    restore({
      from,
      databases: await Promise.all(
        services.map(async ({ name, migrations }) => ({
          name,
          url: await urlOf(databaseOf(name)),
          migrations,
        })),
      ),
      onTable: (database, { name, rows }) => onTable({ database, name, rows }),
    }),
  );
}

async function withServer<T>(
  config: PlatformConfig,
  while_: 'running or not' | 'stopped',
  work: (urlOf: UrlOf) => Promise<T>,
): Promise<T> {
  const secret = instanceSecret(config);
  let claim;
  try {
    claim = claimDataDir(config.dataDir);
  } catch (error) {
    const inUse = error instanceof DatabaseProblem && error.kind === 'in-use';
    if (!inUse || while_ === 'stopped' || config.databaseUrl !== null) throw error;
    return work(async (name) => runningDatabaseUrl(config.dataDir, secret, name));
  }
  try {
    const server = await openServer({
      databaseUrl: config.databaseUrl,
      dataDir: config.dataDir,
      instanceSecret: secret,
      log: createLogger(config.logLevel),
    });
    try {
      return await work((name) => server.ensureDatabase(name));
    } finally {
      await server.stop();
    }
  } finally {
    claim.release();
  }
}
