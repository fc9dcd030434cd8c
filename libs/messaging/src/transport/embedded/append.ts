import type { Pool } from 'pg';
import type { RecordPosition, TransportRecord } from '../transport';
import type { LogEnds } from './log-ends';
import type { LogTopics } from './log-topics';

/**
 * One statement, so one transaction: locks the partitions in a fixed order (two senders never wait for each
 * other in a circle), takes as many offsets as are needed, writes the records. The lock is held until commit,
 * hence whoever sees an offset sees all that are smaller.
 */
const APPEND = `
  with locked as materialized (
    select p.topic_id, p.partition, t.records
    from log_partition p join unnest($1::smallint[], $2::smallint[], $3::int[]) as t (topic_id, partition, records)
      using (topic_id, partition)
    order by p.topic_id, p.partition for update of p
  ), head as (
    update log_partition p set next_offset = p.next_offset + locked.records from locked
    where p.topic_id = locked.topic_id and p.partition = locked.partition
    returning p.topic_id, p.partition, p.next_offset - locked.records as base
  ), appended as (
    insert into log_record (topic_id, partition, record_offset, key, value, headers)
    select head.topic_id, head.partition, head.base + r.nth, r.key, r.value, r.headers
    from unnest($4::smallint[], $5::smallint[], $6::int[], $7::text[], $8::text[], $9::text[])
      as r (topic_id, partition, nth, key, value, headers)
      join head using (topic_id, partition)
  )
  select topic_id, partition, base from head`;

interface Head {
  topicId: number;
  partition: number;
  records: number;
}

export async function append(
  pool: Pool,
  topics: LogTopics,
  ends: LogEnds,
  records: readonly TransportRecord[],
): Promise<RecordPosition[]> {
  const heads = new Map<string, Head>();
  const columns: [number[], number[], number[], string[], string[], string[]] = [[], [], [], [], [], []];
  for (const record of records) {
    const topic = topics.get(record.topic);
    if (!(record.partition >= 0 && record.partition < topic.partitions)) {
      throw new Error(`Topic ${record.topic} has no partition ${record.partition}`);
    }
    const key = `${topic.id}/${record.partition}`;
    let head = heads.get(key);
    if (!head) heads.set(key, (head = { topicId: topic.id, partition: record.partition, records: 0 }));
    columns[0].push(topic.id);
    columns[1].push(record.partition);
    columns[2].push(head.records);
    columns[3].push(record.key);
    columns[4].push(record.value);
    columns[5].push(JSON.stringify(record.headers));
    head.records += 1;
  }
  const touched = [...heads.values()];
  const { rows } = await pool.query<{ topic_id: number; partition: number; base: string }>({
    name: 'log-append',
    text: APPEND,
    values: [
      touched.map((head) => head.topicId),
      touched.map((head) => head.partition),
      touched.map((head) => head.records),
      ...columns,
    ],
  });
  const bases = new Map(rows.map((row) => [`${row.topic_id}/${row.partition}`, Number(row.base)]));
  let grown = false;
  for (const [key, head] of heads) {
    grown = ends.advance(head.topicId, head.partition, bases.get(key)! + head.records) || grown;
  }
  if (grown) ends.announce();
  return records.map((record, index) => ({
    topic: record.topic,
    partition: record.partition,
    offset: bases.get(`${columns[0][index]}/${record.partition}`)! + columns[2][index]!,
  }));
}
