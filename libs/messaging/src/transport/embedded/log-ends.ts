import type { Logger } from '@followthrough/service-kit';
import type { Pool } from 'pg';
import { Bell } from '../../bell';
import { Pace } from '../../pace';
import type { StoredRecord } from '../transport';
import type { LogTopic, LogTopics } from './log-topics';

const QUICKEST_MS = 10;
const SLOWEST_MS = 1000;
const AFTER_FAILURE_MS = 1000;

/** What this process has just appended to a partition and has committed. */
export interface Tail {
  topicId: number;
  partition: number;
  records: StoredRecord[];
}

/** Told that partitions may have grown, and by what, if this process has written it. */
export type Watcher = (tails: readonly Tail[]) => void;

/**
 * Up to where each partition has been written, as far as this process knows: at once for what it sends itself,
 * by one small question for all partitions, asked ever more seldom, for what others send.
 */
export class LogEnds {
  private readonly ends = new Map<string, number>();
  private readonly watchers = new Set<Watcher>();
  private readonly pace = new Pace(QUICKEST_MS, SLOWEST_MS);
  private readonly stop = new Bell();
  private looking: Promise<void> | null = null;

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

  appended(tails: readonly Tail[]): void {
    for (const { topicId, partition, records } of tails) {
      this.advance(topicId, partition, records.at(-1)!.offset + 1);
    }
    this.announce(tails);
  }

  /** Calls the watcher until the returned function is called. */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    this.looking ??= this.look().finally(() => (this.looking = null));
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) this.stop.ring();
    };
  }

  private announce(tails: readonly Tail[]): void {
    for (const watcher of this.watchers) watcher(tails);
  }

  private async look(): Promise<void> {
    while (this.watchers.size > 0) {
      try {
        if (await this.refresh()) {
          this.pace.quicken();
          this.announce([]);
        }
        await this.stop.wait(this.pace.next());
      } catch (error) {
        this.log.warn({ err: error }, 'the event log does not answer');
        await this.stop.wait(AFTER_FAILURE_MS);
      }
    }
  }

  private async refresh(): Promise<boolean> {
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
}
