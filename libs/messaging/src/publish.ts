import { eventHeader, findEvent, toWire } from '@followthrough/contracts';
import { afterCommit, currentGeneration, type Transaction } from '@followthrough/database';
import { currentContext, inSpan, type WorkContext } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { outboxBell } from './bell';
import type { OutgoingEvent } from './events';
import { slotOf } from './key-hash';
import { prepared } from './prepared';
import { textArray } from './text-array';

const COLUMNS =
  'slot, id, topic, aggregatetype, aggregateid, type, payload, version, generation, occurredat, ' +
  'stateunderreview, visibility, correlationid, causationid, traceparent, headers';

const INSERT = `
  insert into outbox (${COLUMNS})
  select e.slot::smallint, e.id::uuid, e.topic, e.aggregatetype, e.aggregateid, e.type, e.payload, e.version::bigint,
         e.generation::integer, e.occurredat::timestamptz, e.stateunderreview, e.visibility, e.correlationid,
         e.causationid, e.traceparent, e.headers::jsonb
  from unnest(${Array.from({ length: 16 }, (_, n) => `$${n + 1}::text[]`).join(', ')})
       with ordinality as e (${COLUMNS}, position)
  order by e.position`;

/**
 * States facts in the transaction that makes them true: they are sent if and only if it commits. There is no
 * other way to publish. Facts of one aggregate must be written one transaction after another (a row lock, or a
 * unique (aggregate, version)), because that alone gives them an order.
 * @throws Error where the type is in no catalogue, WireError where the data does not fit the type
 */
export async function publish(tx: Transaction, ...events: OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  await inSpan(
    'publish',
    () => ({
      kind: 'producer',
      attributes: {
        'messaging.operation.name': 'publish',
        'messaging.destination.name': findEvent(events[0]!.type)?.topic ?? '',
        'messaging.batch.message_count': events.length,
      },
    }),
    () => write(tx, events),
  );
}

async function write(tx: Transaction, events: readonly OutgoingEvent[]): Promise<void> {
  const context = currentContext();
  const generation = await currentGeneration(tx);
  const rows = events.map((event) => rowOf(event, generation, context));
  await prepared(
    tx,
    'outbox-insert',
    INSERT,
    rows[0]!.map((_, column) => textArray(rows.map((row) => row[column] ?? null))),
  );
  const bell = outboxBell(tx.dataSource);
  afterCommit(tx, () => bell.ring());
}

function rowOf(
  event: OutgoingEvent,
  generation: number,
  context: WorkContext | undefined,
): (string | null)[] {
  const definition = findEvent(event.type);
  if (!definition) {
    throw new Error(
      `No event ${event.type} is in the catalogue: define it in proto/ and run npm run generate.`,
    );
  }
  return [
    String(slotOf(event.aggregateId)),
    event.id ?? uuidv7(),
    definition.topic,
    definition.aggregate,
    event.aggregateId,
    event.type,
    toWire(event.type, event.data),
    String(event.version),
    String(event.generation ?? generation),
    (event.occurredAt ?? new Date()).toISOString(),
    event.stateUnderReview,
    event.visibility,
    event.causedBy?.correlationId ?? context?.correlationId ?? null,
    event.causedBy?.id ?? context?.causationId ?? null,
    event.causedBy?.traceparent ?? context?.traceparent ?? null,
    event.snapshot ? JSON.stringify(snapshotHeaders(event)) : null,
  ];
}

function snapshotHeaders({ partOf }: OutgoingEvent): Record<string, string> {
  return {
    [eventHeader.snapshot]: 'true',
    ...(partOf && { [eventHeader.snapshotId]: partOf.snapshotId }),
    ...(partOf?.recipient && { [eventHeader.snapshotFor]: partOf.recipient }),
  };
}
