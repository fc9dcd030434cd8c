import { findEvent } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import type { Consumer } from '../consumer';
import { topicsOf } from '../consume/consumer-runner';
import { snapshotStanding, type SnapshotStanding } from '../snapshot/snapshot-standing';
import { isMark } from '../snapshot/topics-with-snapshots';
import type { PartitionLag, Transport } from '../transport/transport';
import { deferredByGroup, lagOf, outboxDepth, parkedByGroup, type OutboxDepth } from './depths';
import { replayableTypes } from './replay';

/** One group that reads events, as an operator sees it. */
export interface SubscriptionStanding {
  subscription: string;
  topics: string[];
  /** Topics whose events it may be given again. */
  replayable: string[];
  /** Topics of which it keeps a copy that a snapshot brings in line. */
  copies: string[];
  /** Events not yet handled, null where the transport does not answer. */
  lag: number | null;
  partitions: PartitionLag[];
  /** Events that wait to be tried again. */
  deferred: number;
  /** Events that wait for a person. */
  parked: number;
}

export interface EventsStanding {
  outbox: OutboxDepth;
  subscriptions: SubscriptionStanding[];
  snapshots: SnapshotStanding;
}

/** Where the events of a service are: asked for at this moment. */
export async function standingOf(parts: {
  database: Database;
  transport: Transport;
  consumers: readonly Consumer[];
}): Promise<EventsStanding> {
  const { database, transport, consumers } = parts;
  const [outbox, deferred, parked, snapshots] = await Promise.all([
    outboxDepth(database),
    deferredByGroup(database),
    parkedByGroup(database),
    snapshotStanding(database),
  ]);
  const subscriptions = await Promise.all(
    consumers.map(async (consumer) => {
      // What the database knows is worth seeing all the more while the transport is away.
      const partitions = await lagOf(transport, consumer).catch(() => null);
      const topics = topicsOf(consumer);
      return {
        subscription: consumer.group,
        topics,
        replayable: topics.filter((topic) => replayableTypes(consumer, topic).length > 0),
        copies: topics.filter((topic) => takesSnapshots(consumer, topic)),
        lag: partitions && partitions.reduce((sum, { lag }) => sum + lag, 0),
        partitions: partitions ?? [],
        deferred: deferred.get(consumer.group) ?? 0,
        parked: parked.get(consumer.group) ?? 0,
      };
    }),
  );
  return { outbox, subscriptions, snapshots };
}

const takesSnapshots = ({ handlers }: Consumer, topic: string): boolean =>
  handlers.some(({ events }) => events.some((type) => isMark(type) && findEvent(type)!.topic === topic));
