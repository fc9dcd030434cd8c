import { catalogue, topics } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import type { Logger } from '@followthrough/service-kit';
import type { Registry } from 'prom-client';
import type { Consumer } from './consumer';
import { ConsumerRunner, topicsOf } from './consume/consumer-runner';
import { forgetOldInboxRows } from './consume/inbox';
import { deadLetterTopic } from './consume/parked-events';
import { messagingMetrics } from './operations/metrics';
import {
  rangesFrom,
  replay,
  type ReplayFrom,
  type ReplayRange,
  type ReplayResult,
} from './operations/replay';
import { standingOf, type EventsStanding } from './operations/standing';
import { Relay } from './relay/relay';
import type { SnapshotTopic } from './snapshot/topics-with-snapshots';
import { checkConsumers } from './startup-checks';
import type { Transport, TransportTopic } from './transport/transport';

const HOUSEKEEPING_MS = 3_600_000;

export interface MessagingOptions {
  /** Name of the service, as the catalogue knows it. */
  service: string;
  /** Database of the service, migrated with `messagingMigrations`. */
  database: Database;
  /** Shared by all services of a process; closed by whoever opened it, after all of them have stopped. */
  transport: Transport;
  consumers: readonly Consumer[];
  /** Topic of what the service owns and tells again when asked, if any. */
  snapshotTopic?: SnapshotTopic;
  log: Logger;
  metrics: Registry;
}

/** All that moves the events of one service: its relay and its consumers. */
export class Messaging {
  private readonly relay: Relay;
  private readonly runners: ConsumerRunner[];
  private housekeeping: NodeJS.Timeout | null = null;

  private constructor(private readonly options: MessagingOptions) {
    const { database, transport, consumers, log, metrics } = options;
    const meters = messagingMetrics(metrics, { database, transport, consumers });
    this.relay = new Relay({ database, transport, log, onSent: (events) => meters.sent(events) });
    this.runners = consumers.map(
      (consumer) =>
        new ConsumerRunner({ consumer, database, transport, log, onHandled: meters.handled(consumer.group) }),
    );
  }

  /** @throws Error with a sentence that says what to do, where consumers and catalogue do not fit together */
  static async start(options: MessagingOptions): Promise<Messaging> {
    checkConsumers(options.service, options.consumers);
    const messaging = new Messaging(options);
    await options.transport.ensureTopics([...topics, ...deadLetterTopics(options.consumers)]);
    for (const runner of messaging.runners) await runner.start();
    messaging.relay.start();
    messaging.keepHouse();
    return messaging;
  }

  /** Stops the consumers (stop fetching, finish, commit), then the relay. */
  async stop(): Promise<void> {
    if (this.housekeeping) clearInterval(this.housekeeping);
    await Promise.all(this.runners.map((runner) => runner.stop()));
    await this.relay.stop();
  }

  /** Outbox, lag, what waits and what is parked. */
  standing(): Promise<EventsStanding> {
    return standingOf(this.options);
  }

  get snapshotTopic(): SnapshotTopic | null {
    return this.options.snapshotTopic ?? null;
  }

  /** @returns null where the service has no such group */
  consumer(group: string): Consumer | null {
    return this.options.consumers.find((consumer) => consumer.group === group) ?? null;
  }

  /** The parts of the logs that a replay for a group is about. */
  rangesFrom(consumer: Consumer, from: ReplayFrom, topic?: string): Promise<ReplayRange[]> {
    return rangesFrom(this.options.transport, consumer, from, topic);
  }

  /** Gives a group events again, as far as its handlers allow it, for about so many milliseconds. */
  replay(consumer: Consumer, ranges: readonly ReplayRange[], withinMs: number): Promise<ReplayResult> {
    const { database, transport } = this.options;
    return replay({ consumer, database, transport, ranges, withinMs });
  }

  private keepHouse(): void {
    const { database, log } = this.options;
    this.housekeeping = setInterval(() => {
      database
        .transaction(forgetOldInboxRows)
        .catch((error: unknown) => log.warn({ err: error }, 'old inbox rows could not be deleted'));
    }, HOUSEKEEPING_MS);
    this.housekeeping.unref();
  }
}

function deadLetterTopics(consumers: readonly Consumer[]): { name: string; partitions: number }[] {
  return consumers.flatMap((consumer) =>
    topicsOf(consumer).map((topic) => ({ name: deadLetterTopic(topic, consumer.group), partitions: 1 })),
  );
}

/**
 * Every topic of the platform: those of the catalogue, and the dead letters of each group that reads them.
 * @param furtherGroups of services that have more than the one that is called as the service
 */
export function platformTopics(furtherGroups: Readonly<Record<string, readonly string[]>>): TransportTopic[] {
  const letters = new Set(
    catalogue.flatMap(({ topic, consumers }) =>
      consumers
        .flatMap((service) => [service, ...(furtherGroups[service] ?? [])])
        .map((group) => deadLetterTopic(topic, group)),
    ),
  );
  return [...topics, ...[...letters].sort().map((name) => ({ name, partitions: 1 }))];
}
