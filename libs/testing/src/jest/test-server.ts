import type { PostgresServer } from '../../../database/src/server/postgres-server';

/** Where the start leaves the server for the end of the same Jest run. */
export type TestServer = typeof globalThis & {
  followthroughTestServer?: { server: PostgresServer; dataDir: string };
};
