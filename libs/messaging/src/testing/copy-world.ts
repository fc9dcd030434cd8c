import { catalogue } from '@followthrough/contracts';
import type { Database, Transaction } from '@followthrough/database';
import { consumer, type Consumer } from '../consumer';
import { handler } from '../handler';
import type { OutgoingEvent, ReceivedEvent } from '../events';
import type { SnapshotSource } from '../snapshot/tell-snapshot';
import { TYPE, withdrawn } from './messaging-world';

export const TOPIC = 'recommendations.v1';

export const OWNED = 'create table owned (key text primary key, version int not null)';

/** An owner's aggregates: a key and a version each, in a table of its database. */
export const owned: SnapshotSource = {
  topic: TOPIC,
  async count(tx) {
    return (await tx.query<{ n: number }[]>('select count(*)::int as n from owned'))[0]!.n;
  },
  async page(tx, after, limit) {
    const rows = await tx.query<{ key: string; version: number }[]>(
      `select key, version from owned where $1::text is null or key > $1 order by key limit $2`,
      [after, limit],
    );
    return {
      events: rows.map(({ key, version }): OutgoingEvent => withdrawn(key, version)),
      next: rows.length < limit ? null : rows.at(-1)!.key,
    };
  },
};

export async function own(database: Database, keys: readonly string[], version = 1): Promise<void> {
  await database.query(
    `insert into owned select unnest($1::text[]), $2
     on conflict (key) do update set version = excluded.version`,
    [keys, version],
  );
}

/** A copy of the keys and versions in a table of the consumer's database; all other events of the topic pass. */
export async function copying(
  database: Database,
  group: string,
  before: (event: ReceivedEvent) => void = () => undefined,
): Promise<Consumer> {
  await database.query(
    'create table if not exists held (key text primary key, generation int not null, version int not null)',
  );
  const others = catalogue
    .filter(({ topic, type }) => topic === TOPIC && type !== TYPE && !type.includes('.Snapshot'))
    .filter(({ consumers }) => consumers.includes(group))
    .map(({ type }) => type);
  return consumer(
    group,
    [
      handler({ events: others, snapshots: true, handle: async () => undefined }),
      handler({
        events: [TYPE],
        snapshots: true,
        async handle(tx, batch) {
          for (const event of batch) {
            before(event);
            await keep(tx, event);
          }
        },
      }),
    ],
    [
      {
        topic: TOPIC,
        keys: async (tx, after, limit) => {
          const rows = await tx.query<{ key: string }[]>(
            `select key from held where $1::text is null or key > $1 order by key limit $2`,
            [after, limit],
          );
          return rows.map(({ key }) => key);
        },
        forget: (tx, keys) => tx.query('delete from held where key = any($1)', [keys]),
      },
    ],
  );
}

async function keep(tx: Transaction, { aggregateId, generation, version }: ReceivedEvent): Promise<void> {
  await tx.query(
    `insert into held values ($1, $2, $3)
     on conflict (key) do update set generation = excluded.generation, version = excluded.version
     where (excluded.generation, excluded.version) >= (held.generation, held.version)`,
    [aggregateId, generation, version],
  );
}

/** What the copy holds: versions by key. */
export async function heldBy(database: Database): Promise<Record<string, number>> {
  const rows = await database.query<{ key: string; version: number }>(
    'select key, version from held order by key',
  );
  return Object.fromEntries(rows.map(({ key, version }) => [key, version]));
}
