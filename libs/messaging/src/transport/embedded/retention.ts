import type { Pool } from 'pg';

const CHUNK = 1000;

const EXPIRED = `
  select topic_id, partition, max(last_offset) + 1 as first_kept from log_block
  where appended_at < now() - make_interval(days => $1) group by topic_id, partition`;

const DELETE_CHUNK = `
  delete from log_block where (topic_id, partition, last_offset) in (
    select topic_id, partition, last_offset from log_block
    where topic_id = $1 and partition = $2 and last_offset < $3 order by last_offset limit $4
  )`;

/** Deletes what is older than the retention, in small steps, oldest first; how many blocks went. */
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
