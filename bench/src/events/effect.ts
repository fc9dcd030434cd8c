import type { Transaction } from '@followthrough/database';
import type { OutgoingEvent } from '@followthrough/messaging';

// Without the code of libs/messaging, which corrects kafkajs: the raw client and the peer use it as it is published.
export const TOPIC = 'recommendations.v1';
export const RECORDED = 'recommendations.v1.RecommendationRecorded';

/** The effect of an event: a row of the consumer's copy. */
export const COPY_TABLE =
  'create table if not exists copy (id uuid primary key, generation int not null, version bigint not null, ' +
  'state text, text text not null)';

export type Effect = Pick<
  OutgoingEvent<typeof RECORDED>,
  'aggregateId' | 'version' | 'stateUnderReview' | 'data'
> & {
  generation: number;
};

export async function writeEffects(tx: Transaction, batch: readonly Effect[]): Promise<void> {
  await tx.query(
    `insert into copy as held (id, generation, version, state, text)
     select * from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::text[])
     on conflict (id) do update set generation = excluded.generation, version = excluded.version, text = excluded.text
       where (excluded.generation, excluded.version) >= (held.generation, held.version)`,
    [
      batch.map((event) => event.aggregateId),
      batch.map((event) => event.generation),
      batch.map((event) => event.version),
      batch.map((event) => event.stateUnderReview),
      batch.map((event) => event.data.recommendation?.text ?? ''),
    ],
  );
}
