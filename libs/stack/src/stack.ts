import { join } from 'node:path';
import { claimDataDir } from '@followthrough/database';
import { startKafka } from './kafka';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

export interface StackOptions {
  /** Where the servers keep their files. */
  folder: string;
  /** Kafka brokers; 1 if not given. */
  brokers?: number;
  /** Addresses of servers that are there already: they are used, and never stopped. */
  given?: Partial<StackEnvironment>;
  say?: (line: string) => void;
}

export interface StackEnvironment {
  /** A superuser's. */
  DATABASE_URL: string;
  REDIS_URL: string;
  /** `host:port`, separated by commas. */
  KAFKA_BROKERS: string;
}

export interface Stack {
  environment: StackEnvironment;
  /** Ends the servers that were started here, and only those. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Redis and Kafka natively, at once, on free ports; resolves when all are ready. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { folder, brokers, given = {}, say = () => undefined } = options;
  const claim = claimDataDir(folder);
  const stops: (() => Promise<void>)[] = [];
  const began = performance.now();
  const started = async <T extends { stop(): Promise<void> }>(
    name: string,
    server: Promise<T>,
  ): Promise<T> => {
    const running = await server;
    stops.push(() => running.stop());
    say(`${name} ready (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return running;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(stops.map((end) => end()));
    claim.release();
  };
  const [database, redis, kafka] = await Promise.allSettled([
    given.DATABASE_URL ?? started('PostgreSQL', startPostgres({ folder })).then(({ url }) => url),
    given.REDIS_URL ?? started('Redis', startRedis({ folder: join(folder, 'redis') })).then(({ url }) => url),
    given.KAFKA_BROKERS ??
      started('Kafka', startKafka({ folder: join(folder, 'kafka'), brokers, say })).then(({ addresses }) =>
        addresses.join(','),
      ),
  ]);
  const failed = [database, redis, kafka].find(({ status }) => status === 'rejected');
  if (failed) {
    await stop();
    throw (failed as PromiseRejectedResult).reason;
  }
  const value = (result: PromiseSettledResult<string>) => (result as PromiseFulfilledResult<string>).value;
  return {
    environment: {
      DATABASE_URL: value(database),
      REDIS_URL: value(redis),
      KAFKA_BROKERS: value(kafka),
    },
    stop,
  };
}
