import type { Transaction } from '@followthrough/database';
import { textArray } from '../text-array';
import type { Delivery } from './delivery';

const TAKE = `
  with taken as (
    insert into inbox (consumer, event_id) select $1, id::uuid from unnest($2::text[]) as id
    on conflict do nothing returning event_id
  )
  select event_id, null as waiting_key from taken
  union all
  select distinct null::uuid, key from deferred_event where consumer = $1 and key = any($3)`;

const WAITING = `select distinct key as waiting_key from deferred_event where consumer = $1 and key = any($2)`;

export interface TakenIn {
  /** Received for the first time and free to be handled. */
  fresh: Delivery[];
  /** Received for the first time, but earlier events of their keys still wait. */
  waiting: Delivery[];
}

/** The first statement of a handler's transaction: says which events this consumer has not received before. */
export async function takeIn(
  tx: Transaction,
  consumer: string,
  deliveries: readonly Delivery[],
): Promise<TakenIn> {
  const ids = deliveries.map(({ event }) => event.id);
  const keys = [...new Set(deliveries.map(({ event }) => event.aggregateId))];
  const rows = await tx.query<{ event_id: string | null; waiting_key: string | null }[]>(TAKE, [
    consumer,
    textArray(ids),
    textArray(keys),
  ]);
  const unseen = new Set<string>();
  let waitingKeys = new Set<string>();
  for (const { event_id, waiting_key } of rows) {
    if (event_id !== null) unseen.add(event_id);
    else if (waiting_key !== null) waitingKeys.add(waiting_key);
  }
  if (unseen.size < deliveries.length) {
    // Another member may just have deferred some of them: only a statement that starts now sees its rows.
    const now = await tx.query<{ waiting_key: string }[]>(WAITING, [consumer, textArray(keys)]);
    waitingKeys = new Set(now.map(({ waiting_key }) => waiting_key));
  }
  const taken: TakenIn = { fresh: [], waiting: [] };
  for (const delivery of deliveries) {
    // An event that was sent twice may stand twice in one batch.
    if (!unseen.delete(delivery.event.id)) continue;
    (waitingKeys.has(delivery.event.aggregateId) ? taken.waiting : taken.fresh).push(delivery);
  }
  return taken;
}

/** Inbox rows outlive the retention of the topics, after which no event can come a second time. */
const INBOX_DAYS = 45;
const CHUNK = 10_000;

/** Deletes a part of what is too old to matter; how many rows went. */
export async function forgetOldInboxRows(tx: Transaction): Promise<number> {
  const rows = await tx.query<{ gone: number }[]>(
    `with gone as (
       delete from inbox where ctid = any (array(
         select ctid from inbox where received_at < now() - make_interval(days => $1) limit $2
       )) returning 1
     ) select count(*)::int as gone from gone`,
    [INBOX_DAYS, CHUNK],
  );
  return rows[0]!.gone;
}
