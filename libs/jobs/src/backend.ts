import type { Logger } from '@followthrough/service-kit';
import type { ConnectionOptions, Queue, Worker } from 'bullmq';
import { openPostgresBackend } from './postgres-backend';
import { openRedisBackend } from './redis-backend';

/** Where BullMQ keeps its queues. */
export interface JobsBackend {
  Queue: typeof Queue;
  Worker: typeof Worker;
  /** To add hints by: gives up at once where the server does not answer. */
  queues: ConnectionOptions;
  /** To wait for jobs by: comes back whenever the server does. */
  workers: ConnectionOptions;
  end(): Promise<void>;
}

/** Redis or PostgreSQL, as the address says. */
export function openBackend(options: { url: string; log: Logger }): Promise<JobsBackend> {
  return /^rediss?:/.test(options.url) ? openRedisBackend(options) : openPostgresBackend(options);
}
