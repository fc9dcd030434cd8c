import type { Admin, Batch, Kafka } from 'kafkajs';
import { v7 as uuidv7 } from 'uuid';
import { Bell } from '../../bell';
import { partitionOf } from '../../key-hash';
import type { ReadRange, StoredRecord } from '../transport';
import { RETRY } from './kafka-client';
import { storedRecord } from './stored-records';

const BATCH = 500;
const HEARTBEAT_MS = 1000;
const SESSION_MS = 30_000;

/** Groups of readers begin with it; they commit nothing and are gone after their last member. */
const READER_GROUPS = 'followthrough-read-';

/** Offsets still to be read: from `next` to before `end`. */
interface Span {
  next: number;
  end: number;
}

/** @see Transport.read; as the one member of a group made for it, because kafkajs reads in no other way. */
export async function* readSpans(
  kafka: Kafka,
  range: ReadRange,
  spans: Map<number, Span>,
): AsyncGenerator<StoredRecord[]> {
  if (spans.size === 0) return;
  const handover = new Handover();
  const consumer = kafka.consumer({
    groupId: `${READER_GROUPS}${uuidv7()}`,
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxBytes: 2_000_000,
    maxWaitTimeInMs: 250,
    allowAutoTopicCreation: false,
    retry: { ...RETRY, restartOnFailure: async () => true },
  });
  const { topic, key } = range;
  consumer.on(consumer.events.GROUP_JOIN, () => {
    for (const [partition, { next }] of spans) consumer.seek({ topic, partition, offset: String(next) });
  });
  const take = async (batch: Batch, heartbeat: () => Promise<void>): Promise<void> => {
    const span = spans.get(batch.partition);
    if (!span) return;
    const records = batch.messages
      .map((message) => storedRecord(topic, batch.partition, message))
      .filter(({ offset }) => offset >= span.next && offset < span.end)
      .filter((record) => key === undefined || record.key === key);
    for (let start = 0; start < records.length; start += BATCH) {
      await handover.give(records.slice(start, start + BATCH), heartbeat);
    }
    span.next = Number(batch.lastOffset()) + 1;
    if (span.next < span.end) return;
    spans.delete(batch.partition);
    if (spans.size === 0) handover.end();
  };
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async (payload) => {
        if (!payload.isStale()) await take(payload.batch, () => payload.heartbeat());
      },
    });
    for (let records = await handover.next(); records; records = await handover.next()) yield records;
  } finally {
    handover.end();
    await consumer.disconnect();
  }
}

/** What of each partition lies in the range, as it stands now. */
export async function spansOf(
  admin: Admin,
  range: ReadRange,
  partitions: number,
): Promise<Map<number, Span>> {
  const { topic, key, fromOffset = 0, toOffset = Infinity, since } = range;
  const only = range.partition ?? (key === undefined ? undefined : partitionOf(key, partitions));
  const ends = await admin.fetchTopicOffsets(topic);
  const sinces = since
    ? new Map(
        (await admin.fetchTopicOffsetsByTimestamp(topic, since.getTime())).map(({ partition, offset }) => [
          partition,
          Number(offset),
        ]),
      )
    : null;
  const spans = new Map<number, Span>();
  for (const { partition, low, high } of ends) {
    if (only !== undefined && partition !== only) continue;
    const next = Math.max(Number(low), fromOffset, sinces?.get(partition) ?? 0);
    const end = Math.min(Number(high), toOffset + 1);
    if (next < end) spans.set(partition, { next, end });
  }
  return spans;
}

/** Gives batches from hand to hand: the giver waits until the taker has asked for the next. */
class Handover {
  private offered: StoredRecord[] | null = null;
  private readonly given = new Bell();
  private readonly taken = new Bell();
  private ended = false;

  async give(records: StoredRecord[], heartbeat: () => Promise<void>): Promise<void> {
    while (this.offered && !this.ended) {
      await this.taken.wait(HEARTBEAT_MS);
      await heartbeat();
    }
    this.offered = records;
    this.given.ring();
  }

  async next(): Promise<StoredRecord[] | null> {
    while (!this.offered && !this.ended) await this.given.wait(HEARTBEAT_MS);
    const records = this.offered;
    this.offered = null;
    this.taken.ring();
    return records;
  }

  end(): void {
    this.ended = true;
    this.given.ring();
    this.taken.ring();
  }
}
