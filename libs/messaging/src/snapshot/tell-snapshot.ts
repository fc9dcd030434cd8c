import { setTimeout as delay } from 'node:timers/promises';
import { eventHeader, findEvent } from '@followthrough/contracts';
import { currentGeneration, type Database, type Transaction } from '@followthrough/database';
import type { JobDefinition } from '@followthrough/jobs';
import { failPoint } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { OutgoingEvent, SnapshotPart } from '../events';
import { partitionOf } from '../key-hash';
import { publish } from '../publish';
import { endOf, startOf, type SnapshotTopic } from './topics-with-snapshots';

/** A part of what an owner tells again. */
export interface SnapshotPage {
  /** One for each aggregate that copies hold. */
  events: OutgoingEvent[];
  /** What only some copies keep, told along with them: it is in no count, and nobody's copy loses it at the end. */
  beside?: OutgoingEvent[];
  /** Where the page after begins, null where there is none. */
  next: string | null;
}

/** The aggregates of a service, to be told again. */
export interface SnapshotSource {
  /** Topic of the service. */
  topic: SnapshotTopic;
  count(tx: Transaction): Promise<number>;
  /**
   * Events that tell the present state of the next aggregates, withdrawn ones too, at their present versions, in a
   * lasting order.
   */
  page(tx: Transaction, after: string | null, limit: number): Promise<SnapshotPage>;
}

/** Name of the job that every owner has. */
export const TELL_SNAPSHOT = 'tell-snapshot';

const PAGE = 500;
/** So many events of it wait in the outbox, at most: the outbox stays small, and other events get through. */
const WAITING_AT_MOST = 2000;
const LOOK_AGAIN_MS = 100;

interface SnapshotRow {
  id: string;
  recipient: string | null;
  total: number | null;
  told: number;
  told_in: number[];
  after: string | null;
  all_told: boolean;
}

type Step = 'went on' | 'wait' | 'done';

/**
 * Tells snapshots: the mark of the start in every partition, all aggregates, the mark of the end. A page and the place
 * after it are one transaction: killed at any place, it goes on there. What comes after is published only when the
 * transport has proven what goes before, because partitions know no order between keys.
 */
export function tellSnapshotJob(database: Database, source: SnapshotSource): JobDefinition {
  return {
    name: TELL_SNAPSHOT,
    async run(id, stopping) {
      for (;;) {
        const step = await database.transaction((tx) => goOn(tx, source, id));
        if (step === 'done' || stopping.aborted) return;
        failPoint('snapshot.after-step');
        if (step === 'wait') await delay(LOOK_AGAIN_MS);
      }
    },
    sweep: {
      everyMs: 60_000,
      async due() {
        await database.transaction(askAfterRestore);
        const rows = await database.query<{ id: string }>('select id from snapshot where done_at is null');
        return rows.map(({ id }) => id);
      },
    },
  };
}

/** Others' copies may know a later past than the backup did: after a restore everyone is told. */
async function askAfterRestore(tx: Transaction): Promise<void> {
  await tx.query(
    `insert into snapshot (id, generation) select $1, $2
     where $2 > 0 and not exists (select from snapshot where generation = $2 and recipient is null)
     on conflict do nothing`,
    [uuidv7(), await currentGeneration(tx)],
  );
}

async function goOn(tx: Transaction, source: SnapshotSource, id: string): Promise<Step> {
  const [row] = await tx.query<SnapshotRow[]>(
    'select * from snapshot where id = $1 and done_at is null for update',
    [id],
  );
  if (!row) return 'done';
  const waiting = await waitingOf(tx, id);
  if (row.total === null) return begin(tx, source, row);
  if (row.all_told) return waiting === 0 ? end(tx, source, row) : 'wait';
  const isFirst = row.after === null;
  if (isFirst ? waiting > 0 : waiting >= WAITING_AT_MOST) return 'wait';
  return tellPage(tx, source, row);
}

/** Events of the snapshot that the transport has not yet proven to hold; counted up to a limit. */
async function waitingOf(tx: Transaction, id: string): Promise<number> {
  const rows = await tx.query<{ waiting: number }[]>(
    `select count(*)::int as waiting
     from (select from outbox where headers ->> '${eventHeader.snapshotId}' = $1 limit ${WAITING_AT_MOST}) as one`,
    [id],
  );
  return rows[0]!.waiting;
}

async function begin(tx: Transaction, source: SnapshotSource, row: SnapshotRow): Promise<Step> {
  const total = await source.count(tx);
  const partitions = partitionsOf(source);
  await publish(
    tx,
    ...partitions.map((partition) =>
      mark(source, row, partition, {
        type: startOf(source.topic),
        data: { snapshotId: row.id, total },
        version: 1,
      }),
    ),
  );
  await tx.query('update snapshot set total = $2, told_in = $3 where id = $1', [
    row.id,
    total,
    partitions.map(() => 0),
  ]);
  return 'went on';
}

async function tellPage(tx: Transaction, source: SnapshotSource, row: SnapshotRow): Promise<Step> {
  const { events, beside = [], next } = await source.page(tx, row.after, PAGE);
  const partOf = partOfSnapshot(row);
  await publish(
    tx,
    ...events.map((event): OutgoingEvent => ({ ...event, snapshot: true, partOf })),
    ...beside.map((event): OutgoingEvent => ({ ...event, snapshot: true })),
  );
  const toldIn = [...row.told_in];
  for (const { aggregateId } of events) toldIn[partitionOf(aggregateId, toldIn.length)]! += 1;
  failPoint('snapshot.in-page');
  await tx.query(
    'update snapshot set told = told + $2, told_in = $3, after = $4, all_told = $5 where id = $1',
    [row.id, events.length, toldIn, next, next === null],
  );
  return 'went on';
}

async function end(tx: Transaction, source: SnapshotSource, row: SnapshotRow): Promise<Step> {
  await publish(
    tx,
    ...partitionsOf(source).map((partition) =>
      mark(source, row, partition, {
        type: endOf(source.topic),
        data: { snapshotId: row.id, told: row.told_in[partition]! },
        version: 2,
      }),
    ),
  );
  await tx.query('update snapshot set done_at = now() where id = $1', [row.id]);
  return 'done';
}

const partitionsOf = ({ topic }: SnapshotSource): number[] =>
  Array.from({ length: findEvent(startOf(topic))!.partitions }, (_, partition) => partition);

const partOfSnapshot = ({ id, recipient }: SnapshotRow): SnapshotPart => ({ snapshotId: id, recipient });

function mark(
  source: SnapshotSource,
  row: SnapshotRow,
  partition: number,
  what: Pick<OutgoingEvent, 'type' | 'data' | 'version'>,
): OutgoingEvent {
  return {
    ...what,
    aggregateId: keyIn(partition, partitionsOf(source).length, row.id),
    stateUnderReview: null,
    visibility: 'internal',
    snapshot: true,
    partOf: partOfSnapshot(row),
  } as OutgoingEvent;
}

/** A key that lies in the partition. */
function keyIn(partition: number, partitions: number, id: string): string {
  for (let nth = 0; ; nth += 1) {
    const key = `snapshot:${id}:${nth}`;
    if (partitionOf(key, partitions) === partition) return key;
  }
}
