import type { Database, Transaction } from '@followthrough/database';
import { defer } from '../consume/deferred-events';
import { recordOf, type RecordRow } from '../consume/stored-form';

export interface ParkedEvent {
  id: string;
  consumer: string;
  key: string;
  /** Null where the record could not be read as an event. */
  eventId: string | null;
  eventType: string | null;
  topic: string;
  partition: number;
  offset: number;
  /** The payload as text; bytes that are no text are shown as U+FFFD. */
  value: string;
  headers: Record<string, string>;
  reason: string;
  attempts: number;
  parkedAt: Date;
  resolution: 'retried' | 'skipped' | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
}

type ParkedRow = RecordRow & {
  id: string;
  consumer: string;
  event_id: string | null;
  event_type: string | null;
  reason: string;
  attempts: number;
  parked_at: Date;
  resolution: ParkedEvent['resolution'];
  resolved_at: Date | null;
  resolved_by: string | null;
};

export interface ParkedFilter {
  consumer?: string;
  /** Those still to be decided about, if not given. */
  resolved?: boolean;
  /** Goes on after this one, of which nothing but its id need be known. */
  after?: string;
  /** 100 if not given. */
  limit?: number;
}

/** Which parked events are decided about: by their ids, or all of a group, or those of one key in it. */
export type ParkedSelection = { ids: readonly string[] } | { consumer: string; key?: string };

/** Decided about in one transaction, at most. */
export const PARKED_AT_ONCE = 200;

/** Parked events of a service, newest first. */
export async function listParked(database: Database, filter: ParkedFilter = {}): Promise<ParkedEvent[]> {
  const rows = await database.query<ParkedRow>(
    `select * from parked_event
     where ($1::text is null or consumer = $1) and (resolution is not null) = $2
       and ($3::uuid is null or (parked_at, id) < (select parked_at, id from parked_event where id = $3))
     order by parked_at desc, id desc limit $4`,
    [filter.consumer ?? null, filter.resolved ?? false, filter.after ?? null, filter.limit ?? 100],
  );
  return rows.map(parkedEvent);
}

/**
 * Has parked events tried again, in the order in which they lie in the log, as soon as what else waits of their keys
 * has been; {@link PARKED_AT_ONCE} at most.
 * @param by member or service account, for the record
 * @returns those that were parked
 */
export async function retryParked(
  tx: Transaction,
  which: ParkedSelection,
  by: string,
): Promise<ParkedEvent[]> {
  const rows = await resolve(tx, which, 'retried', by);
  const inOrder = rows.toSorted((one, other) => one.record_offset - other.record_offset);
  for (const row of inOrder) {
    await defer(tx, row.consumer, [
      {
        eventId: row.event_id ?? row.id,
        record: recordOf(row),
        attempts: 0,
        dueInMs: 0,
        error: 'Retried by hand',
      },
    ]);
  }
  return inOrder.map(parkedEvent);
}

/**
 * Leaves parked events unhandled for good; {@link PARKED_AT_ONCE} at most.
 * @returns those that were parked
 */
export async function skipParked(
  tx: Transaction,
  which: ParkedSelection,
  by: string,
): Promise<ParkedEvent[]> {
  return (await resolve(tx, which, 'skipped', by)).map(parkedEvent);
}

async function resolve(
  tx: Transaction,
  which: ParkedSelection,
  resolution: 'retried' | 'skipped',
  by: string,
): Promise<ParkedRow[]> {
  const { ids, consumer, key } =
    'ids' in which ? { ...which, consumer: null, key: null } : { ids: null, ...which };
  return tx.query<ParkedRow[]>(
    `update parked_event set resolution = $1, resolved_at = now(), resolved_by = $2
     where id in (
       select id from parked_event
       where resolution is null and ($3::uuid[] is null or id = any($3))
         and ($4::text is null or consumer = $4) and ($5::text is null or key = $5)
       order by parked_at, id limit $6 for update
     ) returning *`,
    [resolution, by, ids, consumer, key ?? null, PARKED_AT_ONCE],
  );
}

function parkedEvent(row: ParkedRow): ParkedEvent {
  return {
    id: row.id,
    consumer: row.consumer,
    key: row.key,
    eventId: row.event_id,
    eventType: row.event_type,
    topic: row.topic,
    partition: row.partition,
    offset: row.record_offset,
    value: row.value.toString('utf8'),
    headers: row.headers,
    reason: row.reason,
    attempts: row.attempts,
    parkedAt: row.parked_at,
    resolution: row.resolution,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
  };
}
