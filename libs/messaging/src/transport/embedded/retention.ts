import type { Pool } from 'pg';

const CHUNK = 5000;

const EXPIRED = `
  select topic_id, partition, max(record_offset) + 1 as first_kept from log_record
  where appended_at < now() - make_interval(days => $1) group by topic_id, partition`;

const DELETE_CHUNK = `
  delete from log_record where (topic_id, partition, record_offset) in (
    select topic_id, partition, record_offset from log_record
    where topic_id = $1 and partition = $2 and record_offset < $3 order by record_offset limit $4
  )`;

/** Deletes what is older than the retention, in small steps, oldest first; how many records went. */
export async function expireRecords(pool: Pool, retentionDays: number): Promise<number> {
  const { rows } = await pool.query<{ topic_id: number; partition: number; first_kept: string }>(EXPIRED, [
    retentionDays,
  ]);
  let gone = 0;
  for (const { topic_id, partition, first_kept } of rows) {
    await pool.query(
      `update log_partition set first_offset = greatest(first_offset, $3) where topic_id = $1 and partition = $2`,
      [topic_id, partition, first_kept],
    );
    for (;;) {
      const chunk = await pool.query(DELETE_CHUNK, [topic_id, partition, first_kept, CHUNK]);
      gone += chunk.rowCount ?? 0;
      if ((chunk.rowCount ?? 0) < CHUNK) break;
    }
  }
  return gone;
}
