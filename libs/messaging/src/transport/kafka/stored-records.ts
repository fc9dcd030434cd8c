import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { StoredRecord } from '../transport';

const NOTHING = Buffer.alloc(0);

/** A message as kafkajs has decoded it. */
export function storedRecord(topic: string, partition: number, message: KafkaMessage): StoredRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: message.value ?? NOTHING,
    headers: message.headers ? textsOf(message.headers) : {},
  };
}

function textsOf(headers: IHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    // Of a header that was given more than once the last counts.
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) texts[name] = last.toString();
  }
  return texts;
}
