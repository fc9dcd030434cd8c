import type { EventType } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import type { Consumer } from '../consumer';
import { readRecords, type Delivery } from '../consume/delivery';
import { reasonOf } from '../consume/failure';
import { Handlers } from '../consume/handlers';
import type { ReadRange, Transport } from '../transport/transport';

export interface ReplayRequest {
  consumer: Consumer;
  database: Database;
  transport: Transport;
  /** By time, offset or aggregate (its id is the key). */
  range: ReadRange;
}

export interface ReplayResult {
  /** Events handled again. */
  handled: number;
  /** Events of handlers with effects outside, which take no replay. */
  refused: number;
  failed: { partition: number; offset: number; reason: string }[];
}

/**
 * Gives a consumer events again that it has received before, past its inbox, while it goes on with what is new.
 * Only handlers that keep a copy take part; they tell old from new by (generation, version).
 */
export async function replay(request: ReplayRequest): Promise<ReplayResult> {
  const { consumer, database, transport, range } = request;
  const handlers = new Handlers(consumer);
  const takesReplay = new Set<EventType>(
    consumer.handlers.filter(({ snapshots }) => snapshots).flatMap(({ events }) => events),
  );
  const result: ReplayResult = { handled: 0, refused: 0, failed: [] };

  const handle = async (deliveries: readonly Delivery[]): Promise<void> => {
    if (deliveries.length === 0) return;
    try {
      await database.transaction((tx) =>
        handlers.handle(
          tx,
          deliveries.map(({ event }) => event),
        ),
      );
      result.handled += deliveries.length;
    } catch (error) {
      if (deliveries.length === 1) {
        const { partition, offset } = deliveries[0]!.record;
        result.failed.push({ partition, offset, reason: reasonOf(error) });
        return;
      }
      for (const delivery of deliveries) await handle([delivery]);
    }
  };

  for await (const records of transport.read(range)) {
    const { deliveries, unreadable } = readRecords(records, handlers);
    for (const { record, reason } of unreadable) {
      result.failed.push({ partition: record.partition, offset: record.offset, reason });
    }
    const allowed = deliveries.filter(({ event }) => takesReplay.has(event.type));
    result.refused += deliveries.length - allowed.length;
    await handle(allowed);
  }
  return result;
}
