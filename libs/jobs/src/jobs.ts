import type { Logger } from '@followthrough/service-kit';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { JobsBackend } from './backend';
import type { JobDefinition } from './job-definition';
import { JobQueue } from './job-queue';
import { MAX_QUEUES, openPostgresBackend } from './postgres-backend';
import { openRedisBackend } from './redis-backend';

export interface JobsOptions {
  /** Redis, or a database for the queues of all services that holds nothing else. */
  url: string;
  /** Name of the service; its queues begin with it. */
  service: string;
  log: Logger;
  metrics?: Registry;
  /** True where no other process runs this service: what a former one left running is then begun again at once. */
  alone: boolean;
}

/** What waits, runs and has failed in one queue. */
export interface QueueDepth {
  queue: string;
  states: Record<string, number> | null;
}

/** What one service does by itself: its queues, the hints that fill them, the sweeps that make hints needless. */
export class Jobs {
  private readonly queues = new Map<string, JobQueue>();
  private readonly seconds: Histogram;
  private started = false;

  private constructor(
    private readonly options: JobsOptions,
    private readonly backend: JobsBackend,
  ) {
    const registers = options.metrics ? [options.metrics] : [];
    this.seconds = new Histogram({
      name: 'followthrough_job_seconds',
      help: 'Time a job took',
      labelNames: ['queue', 'outcome'],
      buckets: [0.01, 0.1, 1, 10, 60, 600],
      registers,
    });
    const gauge = new Gauge({
      name: 'followthrough_jobs',
      help: 'Jobs in the queues, by state',
      labelNames: ['queue', 'state'],
      registers,
      collect: async () => {
        for (const { queue, states } of await this.depths()) {
          for (const [state, count] of Object.entries(states ?? {})) gauge.set({ queue, state }, count);
        }
      },
    });
  }

  /** @throws Error where the server of the queues cannot be reached */
  static async open(options: JobsOptions): Promise<Jobs> {
    const open = /^rediss?:/.test(options.url) ? openRedisBackend : openPostgresBackend;
    return new Jobs(options, await open(options));
  }

  /**
   * Runs jobs and sweeps from now on, the first sweeps at once.
   * @throws Error where two jobs have one name
   */
  async start(definitions: readonly JobDefinition[]): Promise<void> {
    const { service, log, alone } = this.options;
    if (definitions.length > MAX_QUEUES) {
      throw new Error(
        `${service} has more than ${MAX_QUEUES} jobs: raise CONNECTIONS and MAX_QUEUES of libs/jobs.`,
      );
    }
    for (const definition of definitions) {
      const { name } = definition;
      if (this.queues.has(name)) throw new Error(`${service} has two jobs called ${name}: rename one.`);
      const onRun = (seconds: number, succeeded: boolean) =>
        this.seconds.observe({ queue: name, outcome: succeeded ? 'done' : 'failed' }, seconds);
      const queue = `${service}.${name}`;
      this.queues.set(name, new JobQueue({ queue, definition, backend: this.backend, log, onRun }));
    }
    this.started = true;
    for (const queue of this.queues.values()) await queue.start(alone);
  }

  /**
   * Says that the work of a row may be due, so that it need not wait for the sweep: call it after the row has
   * been committed (`afterCommit`). Does nothing before the start, whose sweeps look at everything, and never
   * throws for a queue that does not answer.
   * @throws Error where no such job was defined
   */
  hint(name: string, ...ids: string[]): void {
    if (!this.started || ids.length === 0) return;
    const { service, log } = this.options;
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`${service} has no job ${name}: add it to its jobs.`);
    queue.add(ids).catch((error: unknown) => {
      log.warn({ err: error, queue: name }, 'a hint was lost; the sweep will find what is due');
    });
  }

  /** Jobs in each queue by state, null where its server does not answer. */
  depths(): Promise<QueueDepth[]> {
    return Promise.all(
      [...this.queues].map(async ([queue, jobs]) => ({
        queue,
        states: await jobs.depth().catch(() => null),
      })),
    );
  }

  /** Rejects where the server of the queues does not answer; may wait for it. */
  async ping(): Promise<void> {
    await this.backend.ping();
  }

  /** Takes no more jobs, waits for those that run. */
  async stop(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.stop()));
    await this.backend.end();
  }
}
