import { Client } from 'pg';
import type { Database, Transaction } from './database';

/** PostgreSQL takes a 64-bit number; names are hashed by the server, so every client agrees. */
const keyed = 'hashtextextended($1, 0)';

/** Waits for the lock and holds it until the transaction ends. */
export async function lockInTransaction(tx: Transaction, key: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(${keyed})`, [key]);
}

/** Takes the lock until the transaction ends, or says that another holds it. */
export async function tryLockInTransaction(tx: Transaction, key: string): Promise<boolean> {
  const rows = await tx.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_xact_lock(${keyed}) AS taken`, [
    key,
  ]);
  return rows[0]?.taken ?? false;
}

/**
 * Session locks on a connection of their own. They last until released, until `close`, or until the connection
 * breaks: then every one of them is lost at once and `onLost` is told, since another may hold them already.
 */
export class LockSession {
  private readonly keys = new Set<string>();
  private lost: Error | null = null;
  private readonly listeners: ((error: Error) => void)[] = [];

  private constructor(private readonly client: Client) {
    const fail = (error: Error): void => {
      if (this.lost) return;
      this.lost = error;
      this.keys.clear();
      for (const listener of this.listeners) listener(error);
    };
    client.on('error', fail);
    client.on('end', () => fail(new Error('The connection that held the locks was closed')));
  }

  static async open(url: string, applicationName = 'followthrough locks'): Promise<LockSession> {
    const client = new Client({ connectionString: url, application_name: applicationName, keepAlive: true });
    await client.connect();
    return new LockSession(client);
  }

  get held(): ReadonlySet<string> {
    return this.keys;
  }

  onLost(listener: (error: Error) => void): void {
    this.listeners.push(listener);
  }

  /** Takes the lock unless another session holds it. Taking what this session holds is true and changes nothing. */
  async tryLock(key: string): Promise<boolean> {
    if (this.lost) throw this.lost;
    if (this.keys.has(key)) return true;
    const { rows } = await this.client.query<{ taken: boolean }>(
      `SELECT pg_try_advisory_lock(${keyed}) AS taken`,
      [key],
    );
    const taken = rows[0]?.taken ?? false;
    if (taken) this.keys.add(key);
    return taken;
  }

  async unlock(key: string): Promise<void> {
    if (!this.keys.delete(key) || this.lost) return;
    await this.client.query(`SELECT pg_advisory_unlock(${keyed})`, [key]);
  }

  /** Lets go of everything and closes the connection; `onLost` is not told. */
  async close(): Promise<void> {
    this.listeners.length = 0;
    this.keys.clear();
    await this.client.end().catch(() => undefined);
  }
}

export interface AdvisoryLock {
  readonly key: string;
  release(): Promise<void>;
  onLost(listener: (error: Error) => void): void;
}

/** One session lock on a connection of its own; null when another holds it. */
export async function tryAdvisoryLock(database: Database, key: string): Promise<AdvisoryLock | null> {
  const session = await LockSession.open(database.url);
  if (!(await session.tryLock(key))) {
    await session.close();
    return null;
  }
  return { key, release: () => session.close(), onLost: (listener) => session.onLost(listener) };
}
