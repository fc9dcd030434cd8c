import type { Logger } from '@followthrough/service-kit';
import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { JobsBackend } from './backend';

const LONGEST_PAUSE_MS = 2000;
const CONNECT_WITHIN_MS = 10_000;

/**
 * Redis, which is to be set to `maxmemory-policy noeviction`. What it loses costs time only: sweeps find it again.
 * @throws Error with one sentence where it cannot be reached
 */
export async function openRedisBackend({ url, log }: { url: string; log: Logger }): Promise<JobsBackend> {
  const connect = (options: RedisOptions): Redis => {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_WITHIN_MS,
      retryStrategy: (attempt) => Math.min(LONGEST_PAUSE_MS, attempt * 100),
      ...options,
    });
    redis.on('error', (error) => log.warn({ err: error }, 'the connection to Redis was lost'));
    return redis;
  };
  const queues = connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
  // BullMQ's workers wait for as long as it takes.
  const workers = connect({ maxRetriesPerRequest: null });
  // Each worker waits for jobs on a duplicate, which BullMQ lets go of only with Redis' consent.
  const duplicates: Redis[] = [];
  workers.duplicate = (override) => {
    const duplicate = Redis.prototype.duplicate.call(workers, override);
    duplicates.push(duplicate);
    return duplicate;
  };
  const end = async (): Promise<void> => {
    for (const redis of [queues, workers, ...duplicates]) redis.disconnect();
  };
  try {
    await Promise.all([queues.connect(), workers.connect()]);
  } catch (error) {
    await end();
    const { host } = new URL(url);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Redis at ${host} cannot be reached (${reason}): start it, or correct REDIS_URL.`, {
      cause: error,
    });
  }
  return { Queue, Worker, queues, workers, ping: () => queues.ping(), end };
}
