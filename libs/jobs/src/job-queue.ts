import {
  failPoint,
  inSpan,
  newContext,
  runInContext,
  currentContext,
  type Logger,
  type WorkContext,
} from '@followthrough/service-kit';
import type { Job, Queue, Worker } from 'bullmq';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobsBackend } from './backend';
import type { JobDefinition } from './job-definition';

/** Of our keys in a Redis that others may use too. */
const PREFIX = 'followthrough';
const HOUR_S = 3600;
/** Removed by age: removal by count makes concurrent workers deadlock. */
const KEEP = { removeOnComplete: { age: HOUR_S }, removeOnFail: { age: 24 * HOUR_S } };
/** At the end, longer than this is taken for no answer. */
const ANSWER_WITHIN_MS = 1000;
/** An idle worker is woken by a notification; this often it looks all the same, in seconds. */
const LOOK_EVERY_S = 30;

interface JobData {
  id: string;
  context?: WorkContext;
}

export interface JobQueueOptions {
  /** Name of the queue, unique among all services. */
  queue: string;
  definition: JobDefinition;
  backend: JobsBackend;
  log: Logger;
  /** Told how long a run took and whether it succeeded. */
  onRun: (seconds: number, succeeded: boolean) => void;
}

/** One queue: takes hints, runs jobs, sweeps for what no hint has told. */
export class JobQueue {
  private readonly queue: Queue;
  private worker: Worker | null = null;
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<void> = Promise.resolve();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly options: JobQueueOptions) {
    const { queue, backend, log } = options;
    this.queue = new backend.Queue(queue, {
      connection: backend.queues,
      prefix: PREFIX,
      defaultJobOptions: { attempts: 1, ...KEEP },
    });
    this.queue.on('error', (error) => log.warn({ err: error, queue }, 'the job queue does not answer'));
  }

  /**
   * Starts running and sweeping.
   * @param alone whether no other process works on the queue: what a former run has left is then dropped, and
   * the sweep finds it again at once instead of waiting until the queue gives up on the former run
   */
  async start(alone: boolean): Promise<void> {
    const { queue, definition, backend, log } = this.options;
    if (alone) await this.queue.obliterate({ force: true });
    this.worker = new backend.Worker(queue, (job) => this.run(job as Job<JobData>), {
      connection: backend.workers,
      prefix: PREFIX,
      concurrency: definition.concurrency ?? 1,
      drainDelay: LOOK_EVERY_S,
      ...KEEP,
    });
    this.worker.on('error', (error) => log.warn({ err: error, queue }, 'the job queue does not answer'));
    this.worker.on('failed', (job, error) => {
      log.error(
        { err: error, queue, id: (job?.data as JobData | undefined)?.id },
        'a job failed; the sweep will find it again',
      );
    });
    await this.worker.waitUntilReady();
    this.sweepIn(0);
  }

  /** Of several hints for one id that is not yet running, one remains; while it runs, one more is kept. */
  async add(ids: readonly string[]): Promise<void> {
    const context = currentContext();
    await this.queue.addBulk(
      ids.map((id) => ({
        name: this.options.definition.name,
        data: { id, context } satisfies JobData,
        opts: { deduplication: { id, keepLastIfActive: true } },
      })),
    );
  }

  async depth(): Promise<Record<string, number>> {
    return this.queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
  }

  /** Takes no more jobs, waits for those that run. */
  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.timer) clearTimeout(this.timer);
    await this.sweeping;
    await this.worker?.pause(true);
    await Promise.allSettled(this.running);
    // Where the server does not answer, BullMQ would wait for it for ever.
    await this.worker?.close(!(await this.answers()));
    await this.queue.close();
  }

  private async answers(): Promise<boolean> {
    const asked = this.depth().then(
      () => true,
      () => false,
    );
    const patience = new AbortController();
    const late = delay(ANSWER_WITHIN_MS, false, { signal: patience.signal }).catch(() => false);
    const answered = await Promise.race([asked, late]);
    patience.abort();
    return answered;
  }

  private run(job: Job<JobData>): Promise<void> {
    const running = this.runNow(job);
    this.running.add(running);
    return running.finally(() => this.running.delete(running));
  }

  private async runNow(job: Job<JobData>): Promise<void> {
    const { id, context } = job.data;
    const began = performance.now();
    let succeeded = false;
    try {
      failPoint(`jobs.before-run.${this.options.queue}`);
      await runInContext({ ...newContext(), ...context }, () => this.runAsSpan(id));
      failPoint(`jobs.after-run.${this.options.queue}`);
      succeeded = true;
    } finally {
      this.options.onRun((performance.now() - began) / 1000, succeeded);
    }
  }

  private runAsSpan(id: string): Promise<void> {
    const { queue, definition } = this.options;
    return inSpan(
      `run ${queue}`,
      () => ({
        kind: 'consumer',
        attributes: { 'messaging.system': 'bullmq', 'messaging.destination.name': queue },
      }),
      () => definition.run(id, this.stopping.signal),
    );
  }

  private sweepIn(ms: number): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep().then(() => {
        if (!this.stopping.signal.aborted) this.sweepIn(this.options.definition.sweep.everyMs);
      });
    }, ms);
  }

  private async sweep(): Promise<void> {
    const { definition, log, queue } = this.options;
    try {
      const due = await definition.sweep.due();
      if (due.length > 0 && !this.stopping.signal.aborted) await this.add(due);
    } catch (error) {
      log.warn({ err: error, queue }, 'a sweep for jobs failed and will be repeated');
    }
  }
}
