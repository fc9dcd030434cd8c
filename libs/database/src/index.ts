export { Database, affectedRows, type DatabaseOptions, type Transaction } from './database';
export { afterCommit } from './after-commit';
export { copyIn, copyLinesIn, copyOut } from './copy/copy';
export type { CopyValue } from './copy/text-format';
export {
  LockSession,
  lockInTransaction,
  tryAdvisoryLock,
  tryLockInTransaction,
  type AdvisoryLock,
} from './locks';
export { currentGeneration } from './generation';
export { migrate, type MigrateOptions } from './migrate';
export {
  localeStanding,
  readOnly,
  schemaStanding,
  type LocaleStanding,
  type SchemaStanding,
} from './read-only';
export { DatabaseProblem, errorCode, explainDatabaseError, isDiskFull, isUnreachable } from './failures';
export { SnakeCaseNames } from './snake-case-names';
export { DatabaseProbe } from './probe';
export { openServer, type OpenServerOptions } from './server/open-server';
export { hasEmbeddedData } from './server/embedded/open-existing';
export { openExisting } from './server/open-existing';
export { runningDatabaseUrl } from './server/embedded/running-server';
export type { ExistingServer, PostgresServer, ServerLog } from './server/postgres-server';
export { claimDataDir, type DataDirClaim } from './server/claim-data-dir';
export { backup, type BackupOptions } from './backup/backup';
export { restore, type RestoreOptions } from './backup/restore';
export type { BackupManifest, SavedDatabase, SavedTable } from './backup/manifest';
