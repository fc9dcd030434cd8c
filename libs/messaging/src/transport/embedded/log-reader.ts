import type { Pool } from 'pg';
import type { ReadRange, StoredRecord } from '../transport';
import type { LogTopics } from './log-topics';

export interface Want {
  topicId: number;
  partition: number;
  fromOffset: number;
}

const FETCH = `
  select r.topic_id, r.partition, r.record_offset, r.key, r.value, r.headers, r.appended_at
  from unnest($1::smallint[], $2::smallint[], $3::bigint[]) as want (topic_id, partition, from_offset)
  cross join lateral (
    select * from log_record r
    where r.topic_id = want.topic_id and r.partition = want.partition and r.record_offset >= want.from_offset
    order by r.record_offset limit $4
  ) r`;

type Row = [number, number, string, string, string, string, Date];

/** Next records of several partitions at once, at most `limit` of each, oldest first within each. */
export async function fetchRecords(
  pool: Pool,
  topics: LogTopics,
  wants: readonly Want[],
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await pool.query<Row>({
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
  return rows.map((row) => recordOf(topics, row));
}

const RANGE = `
  select topic_id, partition, record_offset, key, value, headers, appended_at from log_record
  where topic_id = $1 and partition = $2 and record_offset >= $3 and record_offset < $4
    and ($5::text is null or key = $5) and ($6::timestamptz is null or appended_at >= $6)
  order by record_offset limit $7`;
const RANGE_BATCH = 500;

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
      const { rows } = await pool.query<Row>({
        text: RANGE,
        values: [topic.id, partition, from, end, range.key ?? null, range.since ?? null, RANGE_BATCH],
        rowMode: 'array',
      });
      if (rows.length === 0) break;
      const records = rows.map((row) => recordOf(topics, row));
      from = records.at(-1)!.offset + 1;
      yield records;
    }
  }
}

function recordOf(topics: LogTopics, row: Row): StoredRecord {
  return {
    topic: topics.nameOf(row[0]),
    partition: row[1],
    offset: Number(row[2]),
    key: row[3],
    value: row[4],
    headers: JSON.parse(row[5]) as Record<string, string>,
    appendedAt: row[6],
  };
}
