import type { Transaction } from '@followthrough/database';
import type { StoredRecord } from '../transport/transport';
import { columnsOf, recordOf, type RecordRow } from './stored-form';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300_000;

/** After so many tries, about half an hour, an event is parked. */
export const MAX_ATTEMPTS = 12;

/** Milliseconds until the next try of an event that has been tried `attempts` times. */
export function waitAfter(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1));
}

export interface DeferredEvent {
  seq: number;
  eventId: string;
  record: StoredRecord;
  attempts: number;
}

export interface Deferral {
  eventId: string;
  record: StoredRecord;
  /** 0 where it only waits for others of its key. */
  attempts: number;
  dueInMs: number;
  error: string;
}

const APPEND = `
  insert into deferred_event (consumer, event_id, topic, partition, record_offset, key, value, headers, attempts, due_at, error)
  select $1, d.event_id, d.topic, d.partition, d.record_offset, d.key, d.value, d.headers, d.attempts,
         now() + d.due_in_ms * interval '1 millisecond', d.error
  from unnest($2::uuid[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::bytea[], $8::jsonb[], $9::int[], $10::float8[], $11::text[])
       with ordinality as d (event_id, topic, partition, record_offset, key, value, headers, attempts, due_in_ms, error, position)
  order by d.position`;

export async function defer(
  tx: Transaction,
  consumer: string,
  deferrals: readonly Deferral[],
): Promise<void> {
  if (deferrals.length === 0) return;
  const rows = deferrals.map(({ eventId, record, attempts, dueInMs, error }) => [
    eventId,
    ...columnsOf(record),
    attempts,
    dueInMs,
    error,
  ]);
  await tx.query(APPEND, [consumer, ...rows[0]!.map((_, column) => rows.map((row) => row[column]))]);
}

/** Keys whose oldest waiting event is due, longest due first. */
export const DUE_KEYS = `
  select d.key from deferred_event d
  where d.consumer = $1 and d.due_at <= now()
    and not exists (
      select 1 from deferred_event e where e.consumer = d.consumer and e.key = d.key and e.seq < d.seq
    )
  order by d.due_at limit $2`;

/** Only ever the oldest of its key, and by one process at a time. */
const HEAD = `
  select seq, event_id, topic, partition, record_offset, key, value, headers, attempts from deferred_event
  where consumer = $1 and key = $2 and due_at <= now()
    and seq = (select min(seq) from deferred_event where consumer = $1 and key = $2)
  for update skip locked`;

export async function lockHead(
  tx: Transaction,
  consumer: string,
  key: string,
): Promise<DeferredEvent | null> {
  const rows = await tx.query<(RecordRow & { seq: number; event_id: string; attempts: number })[]>(HEAD, [
    consumer,
    key,
  ]);
  const row = rows[0];
  return row ? { seq: row.seq, eventId: row.event_id, record: recordOf(row), attempts: row.attempts } : null;
}

export async function removeHead(tx: Transaction, consumer: string, head: DeferredEvent): Promise<void> {
  await tx.query('delete from deferred_event where consumer = $1 and key = $2 and seq = $3', [
    consumer,
    head.record.key,
    head.seq,
  ]);
}

export async function postponeHead(
  tx: Transaction,
  consumer: string,
  head: DeferredEvent,
  error: string,
): Promise<void> {
  await tx.query(
    `update deferred_event set attempts = attempts + 1, error = $4, due_at = now() + $5 * interval '1 millisecond'
     where consumer = $1 and key = $2 and seq = $3`,
    [consumer, head.record.key, head.seq, error, waitAfter(head.attempts + 1)],
  );
}
