import type { Transaction } from '@followthrough/database';
import { v7 as uuidv7 } from 'uuid';
import { afterCommit } from '@followthrough/database';
import { outboxBell } from '../bell';
import { slotOf } from '../key-hash';
import type { StoredRecord } from '../transport/transport';
import { typeNameOf } from './delivery';
import { columnsOf } from './stored-form';

export interface Parking {
  record: StoredRecord;
  /** Null where the record could not be read as an event. */
  eventId: string | null;
  attempts: number;
  reason: string;
}

/** Topic of the dead letters of a group. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlq`;

const PARK = `
  insert into parked_event (id, consumer, topic, partition, record_offset, key, value, headers, event_id, event_type, reason, attempts)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (consumer, topic, partition, record_offset) do update
    set reason = excluded.reason, attempts = excluded.attempts, parked_at = now(),
        resolution = null, resolved_at = null, resolved_by = null
    where parked_event.resolution is not null
  returning id`;

const DEAD_LETTER = `
  insert into outbox (slot, id, topic, aggregatetype, aggregateid, type, payload, version, generation, occurredat, visibility, headers)
  values ($1, $2, $3, 'dead-letter', $4, $5, $6, 0, 0, now(), 'internal', $7)`;

/**
 * Sets an event aside for a person to look at, with a copy on the dead-letter topic of the group. One that lies there
 * already has come a second time before its offset was committed, and stays as it is.
 */
export async function park(tx: Transaction, consumer: string, parking: Parking): Promise<void> {
  const { record, eventId, attempts, reason } = parking;
  const columns = columnsOf(record);
  const [, , , key, value, headers] = columns;
  const type = typeNameOf(record);
  const parked = await tx.query<unknown[]>(PARK, [
    uuidv7(),
    consumer,
    ...columns,
    eventId,
    type,
    reason,
    attempts,
  ]);
  if (parked.length === 0) return;
  const text = value.toString('utf8');
  const readable = !text.includes('\0') && Buffer.from(text, 'utf8').equals(value);
  const letter: Record<string, string> = {
    ...(JSON.parse(headers) as Record<string, string>),
    'dlq-reason': reason,
    'dlq-consumer': consumer,
    'dlq-topic': record.topic,
    'dlq-partition': String(record.partition),
    'dlq-offset': String(record.offset),
    'dlq-attempts': String(attempts),
    ...(readable ? {} : { 'dlq-value-encoding': 'base64' }),
  };
  await tx.query(DEAD_LETTER, [
    slotOf(key),
    uuidv7(),
    deadLetterTopic(record.topic, consumer),
    key,
    type ?? 'unreadable',
    readable ? text : value.toString('base64'),
    JSON.stringify(letter),
  ]);
  const bell = outboxBell(tx.dataSource);
  afterCommit(tx, () => bell.ring());
}
