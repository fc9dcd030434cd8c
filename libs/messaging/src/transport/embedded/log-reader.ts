import type { Pool } from 'pg';
import type { ReadRange, StoredRecord } from '../transport';
import { BLOCK_RECORDS, recordOf, type LineRow } from './blocks';
import type { LogTopics } from './log-topics';

export interface Want {
  topicId: number;
  partition: number;
  fromOffset: number;
}

/**
 * All records of the blocks that begin within `$4` records. A block that came alone may hold a single record. The
 * server takes the blocks apart, because a short text without special characters is read several times faster
 * than a long one that has a few.
 */
const FETCH = `
  select b.topic_id, b.partition, b.last_offset - b.record_count + r.nth, r.line
  from unnest($1::smallint[], $2::smallint[], $3::bigint[]) as want (topic_id, partition, from_offset)
  cross join lateral (
    select * from log_block b
    where b.topic_id = want.topic_id and b.partition = want.partition
      and b.last_offset >= want.from_offset and b.last_offset < want.from_offset + $4 + ${BLOCK_RECORDS}
      and b.last_offset - b.record_count + 1 < want.from_offset + $4
    order by b.last_offset
  ) b
  cross join lateral string_to_table(b.records, E'\\n') with ordinality as r (line, nth)
  where b.last_offset - b.record_count + r.nth >= want.from_offset`;

/** Next records of several partitions at once, about `limit` of each, by partition in no order to rely on. */
export async function fetchRecords(
  pool: Pool,
  topics: LogTopics,
  wants: readonly Want[],
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await pool.query<LineRow>({
    name: 'log-fetch',
    text: FETCH,
    values: [
      wants.map((want) => want.topicId),
      wants.map((want) => want.partition),
      wants.map((want) => want.fromOffset),
      limit,
    ],
    rowMode: 'array',
  });
  return rows.map((row) => recordOf(row, topics));
}

/** Offset of the first record at `want` or after it, null where there is none. */
export async function firstFrom(pool: Pool, want: Want): Promise<number | null> {
  const { rows } = await pool.query<{ first: string }>(
    `select last_offset - record_count + 1 as first from log_block
     where topic_id = $1 and partition = $2 and last_offset >= $3 order by last_offset limit 1`,
    [want.topicId, want.partition, want.fromOffset],
  );
  return rows[0] ? Number(rows[0].first) : null;
}

const RANGE = `
  select b.topic_id, b.partition, b.last_offset - b.record_count + r.nth as record_offset, r.line
  from (
    select * from log_block
    where topic_id = $1 and partition = $2 and last_offset >= $3 and last_offset - record_count + 1 < $4
      and ($5::timestamptz is null or appended_at >= $5)
    order by last_offset limit $6
  ) b
  cross join lateral string_to_table(b.records, E'\\n') with ordinality as r (line, nth)
  order by record_offset`;
const RANGE_BLOCKS = 4;

/** The part of a topic that exists when the reading starts. */
export async function* readRange(
  pool: Pool,
  topics: LogTopics,
  range: ReadRange,
): AsyncGenerator<StoredRecord[]> {
  const topic = topics.get(range.topic);
  const { rows: partitions } = await pool.query<{ partition: number; next_offset: string }>(
    'select partition, next_offset from log_partition where topic_id = $1 order by partition',
    [topic.id],
  );
  for (const { partition, next_offset } of partitions) {
    if (range.partition !== undefined && range.partition !== partition) continue;
    const end = Math.min(Number(next_offset), (range.toOffset ?? Infinity) + 1);
    let from = range.fromOffset ?? 0;
    while (from < end) {
      const { rows } = await pool.query<LineRow>({
        text: RANGE,
        values: [topic.id, partition, from, end, range.since ?? null, RANGE_BLOCKS],
        rowMode: 'array',
      });
      if (rows.length === 0) break;
      const records = rows.map((row) => recordOf(row, topics));
      const start = from;
      from = records.at(-1)!.offset + 1;
      const wanted = records.filter(
        ({ offset, key }) =>
          offset >= start && offset < end && (range.key === undefined || range.key === key),
      );
      if (wanted.length > 0) yield wanted;
    }
  }
}
