import { findEvent, toWire } from '@followthrough/contracts';
import { afterCommit, currentGeneration, type Transaction } from '@followthrough/database';
import { currentContext, type WorkContext } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { outboxBell } from './bell';
import { SNAPSHOT_HEADER } from './envelope';
import type { OutgoingEvent } from './events';
import { slotOf } from './key-hash';

const INSERT = `
  insert into outbox (slot, id, topic, aggregatetype, aggregateid, type, payload, version, generation, occurredat,
                      stateunderreview, visibility, correlationid, causationid, traceparent, headers)
  select e.slot, e.id, e.topic, e.aggregatetype, e.aggregateid, e.type, e.payload, e.version,
         e.generation, e.occurredat, e.stateunderreview, e.visibility, e.correlationid, e.causationid,
         e.traceparent, e.headers
  from unnest($1::smallint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
              $9::integer[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
              $16::jsonb[])
       with ordinality as e (slot, id, topic, aggregatetype, aggregateid, type, payload, version, generation,
                             occurredat, stateunderreview, visibility, correlationid, causationid, traceparent,
                             headers, position)
  order by e.position`;

/**
 * States facts in the transaction that makes them true: they are sent if and only if it commits. There is no
 * other way to publish. Facts of one aggregate must be written one transaction after another (a row lock, or a
 * unique (aggregate, version)), because that alone gives them an order.
 * @throws Error where the type is in no catalogue, WireError where the data does not fit the type
 */
export async function publish(tx: Transaction, ...events: OutgoingEvent[]): Promise<void> {
  if (events.length === 0) return;
  const context = currentContext();
  const generation = await currentGeneration(tx);
  const rows = events.map((event) => rowOf(event, generation, context));
  const columns = rows[0]!.map((_, column) => rows.map((row) => row[column]));
  await tx.query(INSERT, columns);
  const bell = outboxBell(tx.dataSource);
  afterCommit(tx, () => bell.ring());
}

function rowOf(event: OutgoingEvent, generation: number, context: WorkContext | undefined): unknown[] {
  const definition = findEvent(event.type);
  if (!definition) {
    throw new Error(
      `No event ${event.type} is in the catalogue: define it in proto/ and run npm run generate.`,
    );
  }
  return [
    slotOf(event.aggregateId),
    event.id ?? uuidv7(),
    definition.topic,
    definition.aggregate,
    event.aggregateId,
    event.type,
    toWire(event.type, event.data),
    event.version,
    event.generation ?? generation,
    event.occurredAt ?? new Date(),
    event.stateUnderReview,
    event.visibility,
    event.causedBy?.correlationId ?? context?.correlationId ?? null,
    event.causedBy?.id ?? context?.causationId ?? null,
    event.causedBy?.traceparent ?? context?.traceparent ?? null,
    event.snapshot ? JSON.stringify({ [SNAPSHOT_HEADER]: 'true' }) : null,
  ];
}
