import type { ConnectionOptions, Queue, Worker } from 'bullmq';

/** Where BullMQ keeps its queues. */
export interface JobsBackend {
  Queue: typeof Queue;
  Worker: typeof Worker;
  /** To add hints by: gives up at once where the server does not answer. */
  queues: ConnectionOptions;
  /** To wait for jobs by: comes back whenever the server does. */
  workers: ConnectionOptions;
  /** Rejects where the server does not answer; may wait for it. */
  ping(): Promise<unknown>;
  /** Ends every connection, also where the server does not answer. */
  end(): Promise<void>;
}
