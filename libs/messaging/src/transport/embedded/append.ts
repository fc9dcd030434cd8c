import type { Pool } from 'pg';
import { textArray } from '../../text-array';
import type { RecordPosition, StoredRecord, TransportRecord } from '../transport';
import { BLOCK_RECORDS, lineOf } from './blocks';
import type { LogEnds } from './log-ends';
import type { LogTopics } from './log-topics';

/**
 * One statement, so one transaction: locks the partitions in a fixed order (two senders never wait for each
 * other in a circle), takes as many offsets as are needed, writes the blocks. The lock is held until commit,
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
    insert into log_block (topic_id, partition, last_offset, record_count, records)
    select block.topic_id, block.partition, head.base + block.up_to - 1, block.record_count, block.records
    from (
      select unnest($4::smallint[]) as topic_id, unnest($5::smallint[]) as partition, unnest($6::int[]) as up_to,
             unnest($7::int[]) as record_count, unnest($8::text[]) as records
    ) block join head using (topic_id, partition)
  )
  select topic_id, partition, base from head`;

interface Share {
  topicId: number;
  partition: number;
  records: TransportRecord[];
  base: number;
}

export async function append(
  pool: Pool,
  topics: LogTopics,
  ends: LogEnds,
  records: readonly TransportRecord[],
): Promise<RecordPosition[]> {
  const shares = new Map<string, Share>();
  const places = records.map((record) => {
    const share = shareOf(shares, topics, record);
    return { share, nth: share.records.push(record) - 1 };
  });
  const heads = [...shares.values()];
  const blocks = heads.flatMap(blocksOf);
  const { rows } = await pool.query<{ topic_id: number; partition: number; base: string }>({
    name: 'log-append',
    text: APPEND,
    values: [
      heads.map(({ topicId }) => topicId),
      heads.map(({ partition }) => partition),
      heads.map(({ records: all }) => all.length),
      blocks.map(({ topicId }) => topicId),
      blocks.map(({ partition }) => partition),
      blocks.map(({ upTo }) => upTo),
      blocks.map(({ lines }) => lines.length),
      textArray(blocks.map(({ lines }) => lines)),
    ],
  });
  for (const { topic_id, partition, base } of rows)
    shares.get(`${topic_id}/${partition}`)!.base = Number(base);
  ends.appended(
    heads.map(({ topicId, partition, base, records: all }) => ({
      topicId,
      partition,
      records: all.map((record, nth): StoredRecord => ({ ...record, offset: base + nth })),
    })),
  );
  return places.map(({ share, nth }, index) => ({
    topic: records[index]!.topic,
    partition: share.partition,
    offset: share.base + nth,
  }));
}

function shareOf(shares: Map<string, Share>, topics: LogTopics, record: TransportRecord): Share {
  const topic = topics.get(record.topic);
  const { partition } = record;
  const key = `${topic.id}/${partition}`;
  const known = shares.get(key);
  if (known) return known;
  if (!(partition >= 0 && partition < topic.partitions)) {
    throw new Error(`Topic ${record.topic} has no partition ${partition}`);
  }
  const share: Share = { topicId: topic.id, partition, records: [], base: NaN };
  shares.set(key, share);
  return share;
}

/** @returns `upTo`: how many records of the share there are up to the end of the block */
function blocksOf({ topicId, partition, records }: Share) {
  return Array.from({ length: Math.ceil(records.length / BLOCK_RECORDS) }, (_, nth) => {
    const lines = records.slice(nth * BLOCK_RECORDS, (nth + 1) * BLOCK_RECORDS).map(lineOf);
    return { topicId, partition, lines, upTo: nth * BLOCK_RECORDS + lines.length };
  });
}
