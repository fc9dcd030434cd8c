export type ServerSettings = Record<string, string | number>;

const base: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 120,
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  // The log tells of starts, crashes and refused sign-ins. Failed statements are their service's to report: here
  // they would put values, and with them persons, into a file.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: -1,
};

/** After a crash some thousand files are flushed before anyone may connect: on Linux by one call. */
const canSyncWhole = process.platform === 'linux';

export const durable: ServerSettings = canSyncWhole ? { ...base, recovery_init_sync_method: 'syncfs' } : base;

/** Quicker, and what was committed may be lost in a crash of the machine (not in one of the server). */
export const undurable: ServerSettings = {
  ...base,
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum_naptime: '10min',
};

/** Has initdb flush what it and others have written to a cluster. */
export const syncOnly = ['--sync-only', ...(canSyncWhole ? ['--sync-method=syncfs'] : [])];
