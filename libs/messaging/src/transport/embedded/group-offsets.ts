import type { Pool } from 'pg';
import { Bell } from '../../bell';
import type { PartitionLag } from '../transport';
import type { LogTopic, LogTopics } from './log-topics';

/** Where a group goes on reading in a partition; its beginning, where it has never read. */
const READ = `
  select p.topic_id, p.partition, greatest(o.next_offset, p.first_offset) as next, p.next_offset as end
  from log_partition p
  left join log_group_offset o
    on o.consumer_group = $1 and o.topic_id = p.topic_id and o.partition = p.partition
  where p.topic_id = any($2)
  order by p.topic_id, p.partition`;

export async function readOffsets(
  pool: Pool,
  topics: LogTopics,
  group: string,
  of: readonly LogTopic[],
): Promise<(PartitionLag & { topicId: number })[]> {
  const { rows } = await pool.query<{ topic_id: number; partition: number; next: string; end: string }>(
    READ,
    [group, of.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    topicId: row.topic_id,
    topic: topics.nameOf(row.topic_id),
    partition: row.partition,
    end: Number(row.end),
    next: Number(row.next),
    lag: Number(row.end) - Number(row.next),
  }));
}

/** Never backwards: a member that has lost its partition may still report what it did in time. */
const COMMIT = `
  insert into log_group_offset as held (consumer_group, topic_id, partition, next_offset)
  select $1, * from unnest($2::smallint[], $3::smallint[], $4::bigint[])
  on conflict (consumer_group, topic_id, partition) do update
    set next_offset = excluded.next_offset, committed_at = now()
    where held.next_offset < excluded.next_offset`;

interface Progress {
  topicId: number;
  partition: number;
  next: number;
}

const AFTER_FAILURE_MS = 500;

/**
 * Commits how far a group has come: all partitions that have moved in one statement, and the next when that is
 * done. A handler never waits for it; what a crash loses of it is received twice and handled once.
 */
export class OffsetCommits {
  private readonly moved = new Map<string, Progress>();
  private readonly closing = new Bell();
  private committing: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly group: string,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  note(progress: Progress): void {
    this.moved.set(partOf(progress), progress);
    this.committing ??= this.commit().finally(() => (this.committing = null));
  }

  /** Resolves when what was noted is committed. */
  async settled(): Promise<void> {
    await this.committing;
  }

  /** Commits what was noted, if the log answers. */
  async close(): Promise<void> {
    this.closed = true;
    this.closing.ring();
    await this.committing;
  }

  private async commit(): Promise<void> {
    while (this.moved.size > 0) {
      const all = [...this.moved.values()];
      this.moved.clear();
      const values = [
        this.group,
        all.map(({ topicId }) => topicId),
        all.map(({ partition }) => partition),
        all.map(({ next }) => next),
      ];
      try {
        await this.pool.query({ name: 'log-commit', text: COMMIT, values });
      } catch (error) {
        this.onFailure(error);
        if (this.closed) return;
        for (const one of all) if (!this.moved.has(partOf(one))) this.moved.set(partOf(one), one);
        await this.closing.wait(AFTER_FAILURE_MS);
      }
    }
  }
}

const partOf = ({ topicId, partition }: Progress): string => `${topicId}/${partition}`;
