import type { StoredRecord } from '../transport/transport';

/** PostgreSQL's text and jsonb hold every character but this one. */
const withoutNul = (text: string): string => text.replaceAll('\0', '');

/** A record as deferred and parked rows keep it: topic, partition, offset, key, value, headers. */
export function columnsOf(record: StoredRecord): [string, number, number, string, Buffer, string] {
  const headers = Object.entries(record.headers).map(([name, value]) => [
    withoutNul(name),
    withoutNul(value),
  ]);
  return [
    record.topic,
    record.partition,
    record.offset,
    withoutNul(record.key),
    Buffer.from(record.value),
    JSON.stringify(Object.fromEntries(headers)),
  ];
}

export interface RecordRow {
  topic: string;
  partition: number;
  record_offset: number;
  key: string;
  value: Buffer;
  headers: Record<string, string>;
}

export function recordOf(row: RecordRow): StoredRecord {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: row.record_offset,
    key: row.key,
    value: row.value,
    headers: row.headers,
  };
}
