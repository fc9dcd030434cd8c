import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { collectBells } from './after-commit';
import { explainDatabaseError, DatabaseProblem, isUnreachable, isWorthRetrying } from './failures';
import { SnakeCaseNames } from './snake-case-names';
import { valueParsers } from './value-parsers';

/**
 * The entity manager of one open transaction. `tx.query(sql, params)` gives the rows of every statement, those of
 * UPDATE and DELETE with RETURNING too (plain TypeORM would give `[rows, count]` there); for the number of rows
 * that a statement touched there is `affectedRows`.
 */
export type Transaction = EntityManager;

export interface DatabaseOptions {
  /** Says whose connections these are in messages and, with `applicationName`, in pg_stat_activity. */
  name: string;
  url: string;
  entities: Function[];
  /** Connections at most; 10 if not given. */
  poolSize?: number;
  applicationName?: string;
  /** Told when an idle connection is lost; the pool opens a new one when it is next needed. */
  onLostConnection?: (error: Error) => void;
}

const attempts = 4;

/** One service's database: a pool of connections, its entities and its transactions. */
export class Database {
  private constructor(
    readonly name: string,
    readonly url: string,
    readonly dataSource: DataSource,
  ) {}

  /** @throws DatabaseProblem when the server cannot be reached, with a sentence that says what to do */
  static async open(options: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      entities: options.entities,
      synchronize: false,
      migrationsRun: false,
      logging: false,
      installExtensions: false,
      namingStrategy: new SnakeCaseNames(),
      poolSize: options.poolSize ?? 10,
      applicationName: options.applicationName ?? `followthrough ${options.name}`,
      connectTimeoutMS: 10_000,
      // Without a handler a server that goes away would end the process.
      poolErrorHandler: (error: Error) => options.onLostConnection?.(error),
      extra: { types: valueParsers, keepAlive: true },
    });
    try {
      await dataSource.initialize();
    } catch (error) {
      const sentence = explainDatabaseError(error);
      if (sentence === null) throw error;
      throw new DatabaseProblem('unreachable', sentence, { cause: error });
    }
    return new Database(options.name, options.url, dataSource);
  }

  /**
   * Runs `work` in one READ COMMITTED transaction: committed when it resolves, rolled back when it rejects. After
   * a deadlock or serialization failure it runs again from the beginning, up to three times more, so what it does
   * outside the database must bear repetition.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === attempts || !isWorthRetrying(error)) throw error;
        await delay(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /** One statement by itself; its rows, also for UPDATE and DELETE with RETURNING. */
  async query<Row = any>(sql: string, params?: unknown[]): Promise<Row[]> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    try {
      return await rowsOf<Row>(runner, sql, params);
    } catch (error) {
      if (isUnreachable(error)) discard(client);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const ring = collectBells(runner);
    const client = (await runner.connect()) as PoolClient;
    try {
      await runner.startTransaction();
      const tx = runner.manager;
      tx.query = (sql: string, params?: any) => rowsOf(runner, sql, params) as Promise<any>;
      const result = await work(tx);
      const { command } = await client.query('COMMIT');
      // So PostgreSQL answers where a statement had failed; TypeORM's own commit would take it for done.
      if (command === 'ROLLBACK') {
        throw new Error(
          'A statement of this transaction failed and its error was swallowed: nothing was committed',
        );
      }
      ring();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await rollBack(runner, client);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** Runs a statement inside the transaction; how many rows it inserted, updated or deleted. */
export async function affectedRows(tx: Transaction, sql: string, params?: unknown[]): Promise<number> {
  if (!tx.queryRunner)
    throw new Error('affectedRows needs the transaction that Database.transaction() hands to its work');
  return (await tx.queryRunner.query(sql, params, true)).affected ?? 0;
}

async function rowsOf<Row>(runner: QueryRunner, sql: string, params?: unknown[]): Promise<Row[]> {
  return (await runner.query(sql, params, true)).records as Row[];
}

async function rollBack(runner: QueryRunner, client: PoolClient): Promise<void> {
  try {
    await runner.rollbackTransaction();
  } catch {
    discard(client);
  }
}

/** A closed connection does not return to the pool, neither broken nor in the middle of a transaction. */
function discard(client: PoolClient): void {
  (client as unknown as { end(): Promise<void> }).end().catch(() => undefined);
}
