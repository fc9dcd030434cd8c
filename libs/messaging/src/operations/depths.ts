import type { Database } from '@followthrough/database';
import type { Consumer } from '../consumer';
import { topicsOf } from '../consume/consumer-runner';
import type { PartitionLag, Transport } from '../transport/transport';

/** Facts of a service that the transport has not yet proven to hold. */
export interface OutboxDepth {
  events: number;
  /** Age of the oldest in seconds, 0 where there is none. */
  oldestSeconds: number;
}

/** Counted the same for whoever looks: metrics, routes, the command line. */
export async function outboxDepth(database: Database): Promise<OutboxDepth> {
  const [depth] = await database.query<{ events: number; oldest: string | null }>(
    `select (select count(*)::int from outbox) as events, (select id from outbox order by sequence limit 1) as oldest`,
  );
  const { events, oldest } = depth!;
  return {
    events,
    oldestSeconds: oldest === null ? 0 : Math.max(0, (Date.now() - timeOfUuid(oldest)) / 1000),
  };
}

/** Events that wait to be tried again, by group; a group without any is not in it. */
export function deferredByGroup(database: Database): Promise<Map<string, number>> {
  return byGroup(database, 'select consumer, count(*)::int as events from deferred_event group by consumer');
}

/** Events that wait for a person, by group; a group without any is not in it. */
export function parkedByGroup(database: Database): Promise<Map<string, number>> {
  return byGroup(
    database,
    'select consumer, count(*)::int as events from parked_event where resolution is null group by consumer',
  );
}

/** How far a consumer is behind in each partition of its topics. */
export function lagOf(transport: Transport, consumer: Consumer): Promise<PartitionLag[]> {
  return transport.lag(consumer.group, topicsOf(consumer));
}

async function byGroup(database: Database, sql: string): Promise<Map<string, number>> {
  const rows = await database.query<{ consumer: string; events: number }>(sql);
  return new Map(rows.map(({ consumer, events }) => [consumer, events]));
}

/** Milliseconds in the first 48 bits of a UUIDv7, https://www.rfc-editor.org/rfc/rfc9562#section-5.7 */
const timeOfUuid = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
