import type { Transaction } from '@followthrough/database';
import { prepared } from '../prepared';
import { textArray } from '../text-array';
import type { Delivery } from './delivery';

/** One row, and no list of events in the ordinary case that all are new and nothing waits. */
const TAKE = `
  with taken as (
    insert into inbox (consumer, event_id) select $1, id::uuid from unnest($2::text[]) as id
    on conflict do nothing returning event_id
  )
  select count(*)::int as taken,
         case when count(*) < cardinality($2::text[]) then array_agg(event_id::text) end as fresh,
         array(select distinct key from deferred_event where consumer = $1 and key = any($3)) as waiting
  from taken`;

const WAITING = `select distinct key from deferred_event where consumer = $1 and key = any($2)`;

export interface TakenIn {
  /** Received for the first time and free to be handled. */
  fresh: readonly Delivery[];
  /** Received for the first time, but earlier events of their keys still wait. */
  waiting: readonly Delivery[];
}

/** The first statement of a handler's transaction: says which events this consumer has not received before. */
export async function takeIn(
  tx: Transaction,
  consumer: string,
  deliveries: readonly Delivery[],
): Promise<TakenIn> {
  const keys = textArray([...new Set(deliveries.map(({ event }) => event.aggregateId))]);
  const [row] = await prepared<{ taken: number; fresh: string[] | null; waiting: string[] }>(
    tx,
    'inbox-take',
    TAKE,
    [consumer, textArray(deliveries.map(({ event }) => event.id)), keys],
  );
  const { taken, fresh, waiting } = row!;
  if (taken === deliveries.length) return divide(deliveries, waiting);
  // Another member may just have deferred some of them: only a statement that starts now sees its rows.
  const now = await tx.query<{ key: string }[]>(WAITING, [consumer, keys]);
  const unseen = new Set(fresh);
  return divide(
    // An event that was sent twice may stand twice in one batch.
    deliveries.filter(({ event }) => unseen.delete(event.id)),
    now.map(({ key }) => key),
  );
}

function divide(deliveries: readonly Delivery[], waitingKeys: readonly string[]): TakenIn {
  if (waitingKeys.length === 0) return { fresh: deliveries, waiting: [] };
  const waits = new Set(waitingKeys);
  return {
    fresh: deliveries.filter(({ event }) => !waits.has(event.aggregateId)),
    waiting: deliveries.filter(({ event }) => waits.has(event.aggregateId)),
  };
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
