import { openEmbedded } from './embedded/open-embedded';
import { openExternal } from './external';
import type { PostgresServer, ServerLog } from './postgres-server';

export interface OpenServerOptions {
  /** null: run our own */
  databaseUrl: string | null;
  /** where our own keeps its files; the caller holds its claim (`claimDataDir`) */
  dataDir: string;
  /** from which the passwords of all roles are derived */
  instanceSecret: Buffer;
  log: ServerLog;
  /**
   * That our own is to have. Made together with a new cluster they cost a tenth; `ensureDatabase` gives their
   * addresses, and makes what is missing.
   */
  databases?: string[];
  /** false only for tests */
  durable?: boolean;
  /** Where our own listens; a free port, another at each start, if not given. */
  port?: number;
}

/** @throws DatabaseProblem with a sentence that says what to do */
export function openServer(options: OpenServerOptions): Promise<PostgresServer> {
  const { databaseUrl, dataDir, instanceSecret, log, databases = [], durable = true, port } = options;
  return databaseUrl === null
    ? openEmbedded({ dataDir, instanceSecret, log, databases, durable, port })
    : openExternal(databaseUrl, instanceSecret);
}
