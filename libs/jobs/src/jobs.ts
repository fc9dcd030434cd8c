import type { Logger } from '@followthrough/service-kit';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { JobDefinition } from './job-definition';
import { JobQueue } from './job-queue';
import { MAX_QUEUES, openPostgresBackend, type JobsConnection } from './postgres-backend';

/** The place where the queues of all services of a process are kept. */
export class JobsBackend {
  private queues = 0;

  private constructor(private readonly pool: JobsConnection) {}

  /** @param options `url` of a database that holds nothing else; its schema is made or brought up to date */
  static async open(options: { url: string; log: Logger }): Promise<JobsBackend> {
    return new JobsBackend(await openPostgresBackend(options));
  }

  /** Counts a queue in. @throws Error where there would be too many for the connections */
  claim(): JobsConnection {
    this.queues += 1;
    if (this.queues > MAX_QUEUES) {
      throw new Error(
        `More than ${MAX_QUEUES} job queues in one process: raise CONNECTIONS and MAX_QUEUES of libs/jobs.`,
      );
    }
    return this.pool;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

export interface JobsOptions {
  /** Name of the service; its queues begin with it. */
  service: string;
  backend: JobsBackend;
  log: Logger;
  metrics: Registry;
  /** True where no other process runs this service. */
  alone: boolean;
}

/** What one service does by itself: its queues, the hints that fill them, the sweeps that make hints needless. */
export class Jobs {
  private readonly queues = new Map<string, JobQueue>();
  private readonly seconds: Histogram;

  constructor(private readonly options: JobsOptions) {
    const registers = [options.metrics];
    const { queues } = this;
    this.seconds = new Histogram({
      name: 'followthrough_job_seconds',
      help: 'Time a job took',
      labelNames: ['queue', 'outcome'],
      buckets: [0.01, 0.1, 1, 10, 60, 600],
      registers,
    });
    new Gauge({
      name: 'followthrough_jobs',
      help: 'Jobs in the queues, by state',
      labelNames: ['queue', 'state'],
      registers,
      async collect() {
        for (const [queue, jobs] of queues) {
          const depth = await jobs.depth().catch(() => ({}));
          for (const [state, count] of Object.entries(depth)) this.set({ queue, state }, count);
        }
      },
    });
  }

  /** @throws Error where the service has two jobs of one name */
  define(...definitions: JobDefinition[]): void {
    const { service, backend, log } = this.options;
    for (const definition of definitions) {
      const { name } = definition;
      if (this.queues.has(name)) throw new Error(`${service} has two jobs called ${name}: rename one.`);
      const onRun = (seconds: number, succeeded: boolean) =>
        this.seconds.observe({ queue: name, outcome: succeeded ? 'done' : 'failed' }, seconds);
      const queue = `${service}.${name}`;
      this.queues.set(name, new JobQueue({ queue, definition, connection: backend.claim(), log, onRun }));
    }
  }

  /** Runs jobs and sweeps from now on, the first sweeps at once. */
  async start(): Promise<void> {
    for (const queue of this.queues.values()) await queue.start(this.options.alone);
  }

  /**
   * Says that the work of a row may be due, so that it need not wait for the sweep: call it after the row has
   * been committed (`afterCommit`). Never throws for a queue that does not answer.
   * @throws Error where no such job was defined
   */
  hint(name: string, ...ids: string[]): void {
    const { service, log } = this.options;
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`${service} has no job ${name}: add it to its jobs.`);
    queue.add(ids).catch((error: unknown) => {
      log.warn({ err: error, queue: name }, 'a hint was lost; the sweep will find what is due');
    });
  }

  /** Takes no more jobs, waits for those that run. */
  async stop(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.stop()));
  }
}
