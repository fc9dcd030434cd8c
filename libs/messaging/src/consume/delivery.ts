import { eventHeader, WireError } from '@followthrough/contracts';
import { eventOf, eventTypeOf, UnreadableError } from '../envelope';
import type { ReceivedEvent } from '../events';
import type { StoredRecord } from '../transport/transport';
import type { Handlers } from './handlers';

/** An event together with the record that it came in. */
export interface Delivery {
  event: ReceivedEvent;
  record: StoredRecord;
}

export interface Unreadable {
  record: StoredRecord;
  reason: string;
}

/** Reads the records that the group has a handler for; the others are none of its business. */
export function readRecords(
  records: readonly StoredRecord[],
  handlers: Handlers,
): { deliveries: Delivery[]; unreadable: Unreadable[] } {
  const deliveries: Delivery[] = [];
  const unreadable: Unreadable[] = [];
  for (const record of records) {
    try {
      const event = readRecord(record, handlers);
      if (event) deliveries.push({ event, record });
    } catch (error) {
      if (!(error instanceof UnreadableError || error instanceof WireError)) throw error;
      unreadable.push({ record, reason: error.message });
    }
  }
  return { deliveries, unreadable };
}

/** @throws UnreadableError, WireError */
export function readRecord(record: StoredRecord, handlers: Handlers): ReceivedEvent | null {
  const type = eventTypeOf(record);
  if (type === null || !handlers.wants(type)) return null;
  const event = eventOf(record, type);
  return handlers.for(event) ? event : null;
}

export const typeNameOf = (record: StoredRecord): string | null => record.headers[eventHeader.type] ?? null;
