import type { Database } from '@followthrough/database';

/** A snapshot that a service tells of what it owns. */
export interface SnapshotTold {
  id: string;
  /** The service that it is for, null where it is for all. */
  recipient: string | null;
  askedAt: Date;
  /** Aggregates as counted at the start, null before. */
  total: number | null;
  told: number;
  doneAt: Date | null;
}

/** The last snapshot that a group has begun to take. */
export interface SnapshotTaken {
  subscription: string;
  topic: string;
  id: string;
  begunAt: Date;
  total: number;
  taken: number;
  /** Held before, no longer by the owner. */
  gone: number;
  /** When the last partition was done, null before. */
  doneAt: Date | null;
}

export interface SnapshotStanding {
  /** The last few, newest first. */
  told: SnapshotTold[];
  taken: SnapshotTaken[];
}

const LAST_FEW = 5;

/** How far snapshots are, on both sides. */
export async function snapshotStanding(database: Database): Promise<SnapshotStanding> {
  const told = await database.query<SnapshotTold>(
    `select id, recipient, asked_at as "askedAt", total, told, done_at as "doneAt"
     from snapshot order by asked_at desc, id desc limit ${LAST_FEW}`,
  );
  // While partitions are at different snapshots, the one that began last is on its way.
  const taken = await database.query<SnapshotTaken>(
    `with newest as (
       select distinct on (consumer, topic) consumer, topic, snapshot_id from snapshot_taken
       order by consumer, topic, begun_at desc
     )
     select t.consumer as subscription, t.topic, t.snapshot_id as id, min(t.begun_at) as "begunAt", max(t.total) as total,
            sum(t.taken)::int as taken, sum(t.gone)::int as gone,
            case when bool_and(t.done_at is not null)
                  and count(*) = (select count(*) from snapshot_taken a where a.consumer = t.consumer and a.topic = t.topic)
                 then max(t.done_at) end as "doneAt"
     from snapshot_taken t join newest using (consumer, topic, snapshot_id)
     group by t.consumer, t.topic, t.snapshot_id order by t.consumer, t.topic`,
  );
  return { told, taken };
}
