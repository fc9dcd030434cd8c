import type { Pool } from 'pg';
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

/** Never backwards: a member that has lost its partition may still report what it did in time. */
const COMMIT = `
  insert into log_group_offset as held (consumer_group, topic_id, partition, next_offset) values ($1, $2, $3, $4)
  on conflict (consumer_group, topic_id, partition) do update
    set next_offset = excluded.next_offset, committed_at = now()
    where held.next_offset < excluded.next_offset`;

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

export async function commitOffset(
  pool: Pool,
  group: string,
  topicId: number,
  partition: number,
  next: number,
): Promise<void> {
  await pool.query({ name: 'log-commit', text: COMMIT, values: [group, topicId, partition, next] });
}
