import {
  eventContentType,
  eventHeader,
  fromWire,
  isEventType,
  type EventType,
} from '@followthrough/contracts';
import type { ReceivedEvent } from './events';
import type { StoredRecord } from './transport/transport';

/** Columns of an outbox row, in the order in which the relay reads them. */
export const OUTBOX_COLUMNS =
  'sequence, topic, aggregateid, payload, id, type, ' +
  `to_char(occurredat at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), version, generation, ` +
  'stateunderreview, visibility, correlationid, causationid, traceparent, headers';

export type OutboxRow = [
  sequence: string,
  topic: string,
  aggregateId: string,
  payload: string,
  id: string,
  type: string,
  occurredAt: string,
  version: string,
  generation: number,
  stateUnderReview: string | null,
  visibility: string,
  correlationId: string | null,
  causationId: string | null,
  traceparent: string | null,
  headers: Record<string, string> | null,
];

/** CloudEvents 1.0 in binary mode, as the Kafka protocol binding has it. */
export function headersOf(row: OutboxRow): Record<string, string> {
  const headers: Record<string, string> = {
    [eventHeader.specVersion]: '1.0',
    [eventHeader.id]: row[4],
    [eventHeader.type]: row[5],
    [eventHeader.source]: `/${row[5].slice(0, row[5].indexOf('.'))}`,
    [eventHeader.subject]: row[2],
    [eventHeader.time]: row[6],
    [eventHeader.version]: row[7],
    [eventHeader.generation]: String(row[8]),
    [eventHeader.visibility]: row[10],
    [eventHeader.contentType]: eventContentType,
  };
  if (row[9] !== null) headers[eventHeader.stateUnderReview] = row[9];
  if (row[11] !== null) headers[eventHeader.correlation] = row[11];
  if (row[12] !== null) headers[eventHeader.causation] = row[12];
  if (row[13] !== null) headers[eventHeader.traceParent] = row[13];
  if (row[14] !== null) Object.assign(headers, row[14]);
  return headers;
}

/** A record that is no event of ours, or not one that can be read. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

/** Type of the event in a record, null where the catalogue does not know it: a newer publisher's, to be ignored. */
export function eventTypeOf(record: StoredRecord): EventType | null {
  const type = record.headers[eventHeader.type];
  if (type === undefined) throw new UnreadableError(`The header ${eventHeader.type} is missing`);
  return isEventType(type) ? type : null;
}

/** @throws UnreadableError, WireError where the record can never be read */
export function eventOf(record: StoredRecord, type: EventType): ReceivedEvent {
  const { headers } = record;
  return {
    id: uuidIn(headers, eventHeader.id),
    type,
    aggregateId: record.key,
    version: numberIn(headers, eventHeader.version),
    generation: numberIn(headers, eventHeader.generation),
    stateUnderReview: headers[eventHeader.stateUnderReview] ?? null,
    visibility: headers[eventHeader.visibility] === 'public' ? 'public' : 'internal',
    data: fromWire(type, typeof record.value === 'string' ? record.value : textOf(record.value)),
    occurredAt: timeIn(headers, eventHeader.time),
    snapshot: headers[eventHeader.snapshot] === 'true',
    snapshotId: headers[eventHeader.snapshotId] ?? null,
    snapshotFor: headers[eventHeader.snapshotFor] ?? null,
    correlationId: headers[eventHeader.correlation] ?? null,
    causationId: headers[eventHeader.causation] ?? null,
    traceparent: headers[eventHeader.traceParent] ?? null,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
  } as ReceivedEvent;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new UnreadableError('The value is not UTF-8');
  }
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function uuidIn(headers: Record<string, string>, name: string): string {
  const value = headers[name];
  if (value === undefined || !uuidForm.test(value))
    throw new UnreadableError(`The header ${name} is no UUID: ${value}`);
  return value;
}

function numberIn(headers: Record<string, string>, name: string): number {
  const value = Number(headers[name]);
  if (!Number.isSafeInteger(value))
    throw new UnreadableError(`The header ${name} is no number: ${headers[name]}`);
  return value;
}

function timeIn(headers: Record<string, string>, name: string): Date {
  const time = new Date(headers[name] ?? '');
  if (Number.isNaN(time.getTime()))
    throw new UnreadableError(`The header ${name} is no time: ${headers[name]}`);
  return time;
}
