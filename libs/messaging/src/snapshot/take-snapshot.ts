import { findEvent } from '@followthrough/contracts';
import { affectedRows, type Transaction } from '@followthrough/database';
import type { Handler } from '../handler';
import type { ReceivedEvent } from '../events';
import { LaterError } from '../failures';
import { partitionOf } from '../key-hash';
import { endOf, startOf, type SnapshotTopic } from './topics-with-snapshots';

/** A copy of the aggregates that another service owns, as far as a snapshot has to know it. */
export interface Copy {
  /** Topic of the owner. */
  topic: SnapshotTopic;
  /** Keys of all that is held, in their order, after the given one; fewer than `limit` at the end only. */
  keys(tx: Transaction, after: string | null, limit: number): Promise<string[]>;
  /** Lets go of what the owner no longer holds. */
  forget(tx: Transaction, keys: string[]): Promise<void>;
}

const KEYS_AT_ONCE = 10_000;
const FORGOTTEN_AT_ONCE = 500;

/** The handler, with what it is told of the present state counted and struck off the list of suspects. */
export function countingSnapshots(group: string, handler: Handler, copies: readonly Copy[]): Handler {
  const topics = new Set(handler.events.map((type) => findEvent(type)?.topic));
  if (!copies.some(({ topic }) => topics.has(topic))) return handler;
  return {
    ...handler,
    async handle(tx, batch) {
      await handler.handle(tx, batch);
      const told = batch.filter(({ snapshotId }) => snapshotId);
      if (told.length > 0) await countTaken(tx, group, told);
    },
  };
}

/** Handlers of the marks around a snapshot. */
export function snapshotMarks(group: string, copy: Copy): Handler[] {
  return [
    {
      events: [startOf(copy.topic)],
      snapshots: true,
      async handle(tx, batch) {
        for (const event of batch) await start(tx, group, copy, event);
      },
    },
    {
      events: [endOf(copy.topic)],
      snapshots: true,
      async handle(tx, batch) {
        for (const event of batch) await complete(tx, group, copy, event);
      },
    },
  ];
}

/** From here on what is held counts as gone, until it is told. */
async function start(tx: Transaction, group: string, copy: Copy, event: ReceivedEvent): Promise<void> {
  const { snapshotId, total } = event.data as { snapshotId: string; total: number };
  const { topic, partition } = event;
  await tx.query(
    `insert into snapshot_taken (consumer, topic, partition, snapshot_id, total) values ($1, $2, $3, $4, $5)
     on conflict (consumer, topic, partition) do update
       set snapshot_id = excluded.snapshot_id, total = excluded.total, begun_at = now(), taken = 0, gone = 0,
           done_at = null`,
    [group, topic, partition, snapshotId, total],
  );
  await tx.query('delete from snapshot_suspect where consumer = $1 and topic = $2 and partition = $3', [
    group,
    topic,
    partition,
  ]);
  const { partitions } = findEvent(event.type)!;
  for (let after: string | null = null; ;) {
    const keys: string[] = await copy.keys(tx, after, KEYS_AT_ONCE);
    await tx.query(
      `insert into snapshot_suspect (consumer, topic, partition, key) select $1, $2, $3, unnest($4::text[])`,
      [group, topic, partition, keys.filter((key) => partitionOf(key, partitions) === partition)],
    );
    if (keys.length < KEYS_AT_ONCE) return;
    after = keys.at(-1)!;
  }
}

/** Events of a batch lie in one partition; of several snapshots only the last one counts. */
async function countTaken(tx: Transaction, group: string, told: readonly ReceivedEvent[]): Promise<void> {
  const { topic, partition } = told[0]!;
  await tx.query(
    `update snapshot_taken set taken = taken + (select count(*) from unnest($4::uuid[]) as id where id = snapshot_id)
     where consumer = $1 and topic = $2 and partition = $3 and snapshot_id = any($4)`,
    [group, topic, partition, told.map(({ snapshotId }) => snapshotId)],
  );
  await tx.query(
    'delete from snapshot_suspect where consumer = $1 and topic = $2 and partition = $3 and key = any($4)',
    [group, topic, partition, told.map(({ aggregateId }) => aggregateId)],
  );
}

/**
 * What was held at the start and has not been told goes.
 * @throws LaterError while events of the snapshot are still waiting or parked: what they tell of would go too
 */
async function complete(tx: Transaction, group: string, copy: Copy, event: ReceivedEvent): Promise<void> {
  const { snapshotId, told } = event.data as { snapshotId: string; told: number };
  const where = [group, event.topic, event.partition];
  const [row] = await tx.query<{ taken: number }[]>(
    `select taken from snapshot_taken
     where consumer = $1 and topic = $2 and partition = $3 and snapshot_id = $4 and done_at is null`,
    [...where, snapshotId],
  );
  if (!row) return;
  if (row.taken < told) {
    throw new LaterError(
      `Of ${told} events of snapshot ${snapshotId} in ${event.topic}/${event.partition}, ${row.taken} have taken effect: see to those that wait or are parked, or make another snapshot`,
    );
  }
  const gone = await forgetSuspects(tx, copy, where);
  await tx.query(
    `update snapshot_taken set done_at = now(), gone = $4 where consumer = $1 and topic = $2 and partition = $3`,
    [...where, gone],
  );
}

async function forgetSuspects(tx: Transaction, copy: Copy, where: unknown[]): Promise<number> {
  for (let gone = 0; ;) {
    const rows = await tx.query<{ key: string }[]>(
      `select key from snapshot_suspect where consumer = $1 and topic = $2 and partition = $3 limit $4`,
      [...where, FORGOTTEN_AT_ONCE],
    );
    if (rows.length === 0) return gone;
    const keys = rows.map(({ key }) => key);
    await copy.forget(tx, keys);
    gone += await affectedRows(
      tx,
      'delete from snapshot_suspect where consumer = $1 and topic = $2 and partition = $3 and key = any($4)',
      [...where, keys],
    );
  }
}
