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
  /** 100 if not given. */
  limit?: number;
}

/** Parked events of a service, newest first. */
export async function listParked(database: Database, filter: ParkedFilter = {}): Promise<ParkedEvent[]> {
  const rows = await database.query<ParkedRow>(
    `select * from parked_event
     where ($1::text is null or consumer = $1) and (resolution is not null) = $2
     order by parked_at desc, id desc limit $3`,
    [filter.consumer ?? null, filter.resolved ?? false, filter.limit ?? 100],
  );
  return rows.map((row) => ({
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
  }));
}

/**
 * Has a parked event tried again, as soon as what else waits of its key has been.
 * @param by member or service account, for the record
 * @returns false where no such event is parked
 */
export async function retryParked(tx: Transaction, id: string, by: string): Promise<boolean> {
  const row = await resolve(tx, id, 'retried', by);
  if (!row) return false;
  await defer(tx, row.consumer, [
    {
      eventId: row.event_id ?? row.id,
      record: recordOf(row),
      attempts: 0,
      dueInMs: 0,
      error: 'Retried by hand',
    },
  ]);
  return true;
}

/**
 * Leaves a parked event unhandled for good.
 * @returns false where no such event is parked
 */
export async function skipParked(tx: Transaction, id: string, by: string): Promise<boolean> {
  return (await resolve(tx, id, 'skipped', by)) !== null;
}

async function resolve(
  tx: Transaction,
  id: string,
  resolution: string,
  by: string,
): Promise<ParkedRow | null> {
  const rows = await tx.query<ParkedRow[]>(
    `update parked_event set resolution = $2, resolved_at = now(), resolved_by = $3
     where id = $1 and resolution is null returning *`,
    [id, resolution, by],
  );
  return rows[0] ?? null;
}
