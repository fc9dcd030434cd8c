import type { Pool } from 'pg';
import type { Logger } from '@followthrough/service-kit';
import { Pace } from '../../pace';
import type { LogTopic, LogTopics } from './log-topics';

const QUICKEST_MS = 10;
const SLOWEST_MS = 1000;
const AFTER_FAILURE_MS = 1000;

/**
 * Up to where each partition has been written, as far as this process knows: at once for what it sends itself,
 * by one small question for all partitions, asked ever more seldom, for what others send.
 */
export class LogEnds {
  private readonly ends = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private readonly pace = new Pace(QUICKEST_MS, SLOWEST_MS);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly topics: LogTopics,
    private readonly log: Logger,
  ) {}

  of(topic: LogTopic, partition: number): number {
    return this.ends.get(`${topic.id}/${partition}`) ?? 0;
  }

  advance(topicId: number, partition: number, end: number): boolean {
    const key = `${topicId}/${partition}`;
    if (end <= (this.ends.get(key) ?? 0)) return false;
    this.ends.set(key, end);
    return true;
  }

  announce(): void {
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` whenever a partition may have grown; until the returned function is called. */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    if (!this.timer) this.look(0);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || !this.timer) return;
      clearTimeout(this.timer);
      this.timer = null;
    };
  }

  async refresh(): Promise<boolean> {
    const ids = [...this.topics.all()].map(({ id }) => id);
    const { rows } = await this.pool.query<{ topic_id: number; partition: number; next_offset: string }>({
      name: 'log-ends',
      text: 'select topic_id, partition, next_offset from log_partition where topic_id = any($1)',
      values: [ids],
    });
    let grown = false;
    for (const row of rows) {
      grown = this.advance(row.topic_id, row.partition, Number(row.next_offset)) || grown;
    }
    return grown;
  }

  private look(ms: number): void {
    this.timer = setTimeout(() => {
      this.refresh().then(
        (grown) => {
          if (grown) {
            this.pace.quicken();
            this.announce();
          }
          this.again(this.pace.next());
        },
        (error: unknown) => {
          this.log.warn({ err: error }, 'the event log does not answer');
          this.again(AFTER_FAILURE_MS);
        },
      );
    }, ms);
  }

  private again(ms: number): void {
    if (this.timer && this.listeners.size > 0) this.look(ms);
  }
}
