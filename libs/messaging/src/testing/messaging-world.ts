import { topics } from '@followthrough/contracts';
import type { Database, Transaction } from '@followthrough/database';
import { createLogger } from '@followthrough/service-kit';
import { testDatabase } from '@followthrough/testing';
import { v7 as uuidv7 } from 'uuid';
import { consumer, type Consumer } from '../consumer';
import { handler } from '../handler';
import { ConsumerRunner, topicsOf } from '../consume/consumer-runner';
import { deadLetterTopic } from '../consume/parked-events';
import type { OutgoingEvent, ReceivedEvent } from '../events';
import { eventLogMigrations, messagingMigrations } from '../index';
import { publish } from '../publish';
import { Relay } from '../relay/relay';
import { EmbeddedTransport } from '../transport/embedded/embedded-transport';
import type { Transport } from '../transport/transport';

export const TYPE = 'recommendations.v1.RecommendationWithdrawn';
export type Withdrawn = ReceivedEvent<typeof TYPE>;

/** A publisher, an event log and a consumer with an effect per event, each with its own database. */
export interface MessagingWorld {
  publisher: Database;
  consumer: Database;
  transport: Transport;
  /** Publishes one event a call, the next version of each key; the events' ids. */
  tell(...keys: string[]): Promise<string[]>;
  /** Starts a relay and stops it with the world. */
  relay(): Relay;
  /** Runs a consumer on the world's consumer database and stops it with the world. */
  run(
    consumer: Consumer,
    over?: Partial<ConstructorParameters<typeof ConsumerRunner>[0]>,
  ): Promise<ConsumerRunner>;
  /** Versions that took effect, by key, in the order in which they did. */
  effects(): Promise<Record<string, number[]>>;
  close(): Promise<void>;
}

export const log = createLogger('silent');
const TABLE = `create table effect (nth bigint generated always as identity, key text not null, version int not null)`;

export const withdrawn = (key: string, version: number): OutgoingEvent => ({
  type: TYPE,
  aggregateId: key,
  version,
  stateUnderReview: 'SVN',
  visibility: 'public',
  data: { recommendationId: key, reason: 'undone', importId: '', announce: false },
});

export async function record(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> {
  await tx.query(`insert into effect (key, version) select * from unnest($1::text[], $2::int[])`, [
    events.map(({ aggregateId }) => aggregateId),
    events.map(({ version }) => version),
  ]);
}

/** A group that notes each event, after `before` has had its say about each. */
export function noting(
  before: (event: Withdrawn) => void | Promise<void> = () => undefined,
  group = 'notes',
  snapshots = true,
): Consumer {
  return consumer(group, [
    handler({
      events: [TYPE],
      snapshots,
      async handle(tx, batch) {
        for (const event of batch) await before(event);
        await record(tx, batch);
      },
    }),
  ]);
}

/** @param given a transport in the embedded one's place, closed with the world */
export async function messagingWorld(given?: Transport): Promise<MessagingWorld> {
  const [publisher, effects, logDatabase] = await Promise.all([
    testDatabase({ migrations: [messagingMigrations], poolSize: 20 }),
    testDatabase({ migrations: [messagingMigrations] }),
    testDatabase({ migrations: [eventLogMigrations] }),
  ]);
  await effects.query(TABLE);
  const transport = given ?? new EmbeddedTransport({ url: logDatabase.url, log });
  await transport.ensureTopics(topics);
  const stoppable: { stop(): Promise<void> }[] = [];
  const versions = new Map<string, number>();
  return {
    publisher,
    consumer: effects,
    transport,
    async tell(...keys) {
      const events = keys.map((key) => {
        const version = (versions.get(key) ?? 0) + 1;
        versions.set(key, version);
        return { ...withdrawn(key, version), id: uuidv7() };
      });
      await publisher.transaction((tx) => publish(tx, ...events));
      return events.map(({ id }) => id);
    },
    relay() {
      const relay = new Relay({ database: publisher, transport, log });
      relay.start();
      stoppable.push(relay);
      return relay;
    },
    async run(group, over = {}) {
      await transport.ensureTopics(
        topicsOf(group).map((topic) => ({ name: deadLetterTopic(topic, group.group), partitions: 1 })),
      );
      const runner = new ConsumerRunner({ consumer: group, database: effects, transport, log, ...over });
      await runner.start();
      stoppable.push(runner);
      return runner;
    },
    async effects() {
      const rows = await effects.query<{ key: string; version: number }>(
        'select key, version from effect order by nth',
      );
      const byKey: Record<string, number[]> = {};
      for (const { key, version } of rows) (byKey[key] ??= []).push(version);
      return byKey;
    },
    async close() {
      await Promise.all(stoppable.map((part) => part.stop()));
      await transport.close();
      await Promise.all([publisher.close(), effects.close(), logDatabase.close()]);
    },
  };
}
