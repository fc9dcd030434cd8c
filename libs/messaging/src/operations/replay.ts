import { findEvent, type EventType } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import type { Consumer } from '../consumer';
import { topicsOf } from '../consume/consumer-runner';
import { readRecords, type Delivery } from '../consume/delivery';
import { reasonOf } from '../consume/failure';
import { Handlers } from '../consume/handlers';
import { partitionOf } from '../key-hash';
import { isMark } from '../snapshot/topics-with-snapshots';
import type { ReadRange, Transport } from '../transport/transport';
import { lagOf } from './depths';

/** After so many failures the rest is left, since the next would hardly fare better. */
const FAILURES_AT_ONCE = 100;

/** Where a replay begins: by time, by offset or by aggregate (its id is the key). */
export type ReplayFrom =
  { time: Date } | { partition: number; offset: number; to?: number } | { aggregate: string };

/** Part of one partition that is still to be replayed, both offsets included. */
export type ReplayRange = ReadRange & { partition: number; fromOffset: number; toOffset: number };

export interface ReplayRequest {
  consumer: Consumer;
  database: Database;
  transport: Transport;
  ranges: readonly ReplayRange[];
  /** Milliseconds after which what is left is given back; without an end if not given. */
  withinMs?: number;
}

export interface ReplayResult {
  /** Events handled again. */
  handled: number;
  /** Events of handlers with effects outside, which take no replay. */
  refused: number;
  failed: { topic: string; partition: number; offset: number; reason: string }[];
  /** What there was no time for. */
  rest: ReplayRange[];
}

/** Types of a topic that a consumer may be given again: those of handlers that only keep a copy. */
export function replayableTypes(consumer: Consumer, topic: string): EventType[] {
  return consumer.handlers
    .filter(({ snapshots }) => snapshots)
    .flatMap(({ events }) => events)
    .filter((type) => findEvent(type)!.topic === topic && !isMark(type));
}

/** The parts of the logs that a replay is about, up to where they end now; only topics that allow it. */
export async function rangesFrom(
  transport: Transport,
  consumer: Consumer,
  from: ReplayFrom,
  topic?: string,
): Promise<ReplayRange[]> {
  const topics = topicsOf(consumer).filter(
    (one) => (topic ?? one) === one && replayableTypes(consumer, one).length > 0,
  );
  const ends = await lagOf(transport, consumer);
  return ends
    .filter((end) => topics.includes(end.topic))
    .filter(({ topic: name, partition }) => isIn(from, partition, transport.partitionsOf(name)))
    .map(({ topic: name, partition, end }) => ({
      topic: name,
      partition,
      fromOffset: 'offset' in from ? from.offset : 0,
      toOffset: Math.min(end - 1, ('offset' in from ? from.to : undefined) ?? Infinity),
      ...('time' in from ? { since: from.time } : {}),
      ...('aggregate' in from ? { key: from.aggregate } : {}),
    }))
    .filter(({ fromOffset, toOffset }) => fromOffset <= toOffset);
}

function isIn(from: ReplayFrom, partition: number, partitions: number): boolean {
  if ('partition' in from) return from.partition === partition;
  return 'time' in from || partitionOf(from.aggregate, partitions) === partition;
}

/**
 * Gives a consumer events again that it has received before, past its inbox, while it goes on with what is new.
 * Only handlers that keep a copy take part; they tell old from new by (generation, version).
 */
export async function replay(request: ReplayRequest): Promise<ReplayResult> {
  const { consumer, transport, withinMs = Infinity } = request;
  const until = performance.now() + withinMs;
  const takesReplay = new Set(topicsOf(consumer).flatMap((topic) => replayableTypes(consumer, topic)));
  const result: ReplayResult = { handled: 0, refused: 0, failed: [], rest: [] };
  const handlers = new Handlers(consumer);
  const isOver = (): boolean => performance.now() >= until || result.failed.length >= FAILURES_AT_ONCE;

  for (const range of request.ranges) {
    if (isOver()) {
      result.rest.push(range);
      continue;
    }
    for await (const records of transport.read(range)) {
      const { deliveries, unreadable } = readRecords(records, handlers);
      for (const { record, reason } of unreadable) {
        const { topic, partition, offset } = record;
        result.failed.push({ topic, partition, offset, reason });
      }
      const allowed = deliveries.filter(({ event }) => takesReplay.has(event.type));
      const marks = deliveries.filter(({ event }) => isMark(event.type)).length;
      result.refused += deliveries.length - allowed.length - marks;
      await handleAgain(request.database, handlers, allowed, result);
      const next = records.at(-1)!.offset + 1;
      if (next <= range.toOffset && isOver()) {
        result.rest.push({ ...range, fromOffset: next });
        break;
      }
    }
  }
  return result;
}

/** All in one transaction; where that fails, each by itself. */
async function handleAgain(
  database: Database,
  handlers: Handlers,
  deliveries: readonly Delivery[],
  result: ReplayResult,
): Promise<void> {
  if (deliveries.length === 0) return;
  try {
    // A snapshot counts what it tells for the first time.
    const events = deliveries.map(({ event }) => ({ ...event, snapshotId: null }));
    await database.transaction((tx) => handlers.handle(tx, events));
    result.handled += deliveries.length;
  } catch (error) {
    if (deliveries.length === 1) {
      const { topic, partition, offset } = deliveries[0]!.record;
      result.failed.push({ topic, partition, offset, reason: reasonOf(error) });
      return;
    }
    for (const delivery of deliveries) await handleAgain(database, handlers, [delivery], result);
  }
}
