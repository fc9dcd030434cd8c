import type { Kafka } from 'kafkajs';
import { onAdmin, READING_AFRESH } from './brokers';

/** A record as it lies on a topic. */
export interface LoggedRecord {
  partition: number;
  offset: number;
  key: string | null;
  value: string | null;
  headers: Record<string, string>;
}

let readings = 0;

/** Reads a topic afresh, from the first record to the last that is there when it is called. */
export async function readTopic(kafka: Kafka, topic: string): Promise<LoggedRecord[]> {
  const offsets = await onAdmin(kafka, (admin) => admin.fetchTopicOffsets(topic));
  const ends = offsets.filter(({ high, low }) => high !== low);
  const awaited = new Map(ends.map(({ partition, high }) => [partition, Number(high) - 1]));
  if (awaited.size === 0) return [];
  const consumer = kafka.consumer({ groupId: `${READING_AFRESH}${process.pid}-${(readings += 1)}` });
  const records: LoggedRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch: { partition, messages } }) => {
            for (const { offset, key, value, headers = {} } of messages) {
              records.push({
                partition,
                offset: Number(offset),
                key: key?.toString() ?? null,
                value: value?.toString() ?? null,
                headers: Object.fromEntries(
                  Object.entries(headers).map(([name, text]) => [name, String(text)]),
                ),
              });
              if (Number(offset) >= (awaited.get(partition) ?? Infinity)) awaited.delete(partition);
            }
            if (awaited.size === 0) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  // Where a broker gave way to another a part may be given twice.
  const unique = new Map(records.map((record) => [`${record.partition}/${record.offset}`, record]));
  return [...unique.values()].sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
