import { toWire } from '@followthrough/contracts';
import { affectedRows, afterCommit, type Transaction } from '@followthrough/database';
import { supersedes, type AggregateVersion, type ReceivedEvent } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';
import { FeedBell } from './feed-bell';

const APPEND = `
  insert into feed.event (position, event_id, type, aggregate_id, generation, version, state_under_review,
    visibility, occurred_at, snapshot, data, current)
  select * from jsonb_to_recordset($1::jsonb) as e (
    position bigint, event_id uuid, type text, aggregate_id text, generation integer, version bigint,
    state_under_review text, visibility text, occurred_at timestamptz, snapshot boolean, data text, current boolean)`;

const FORGET = `
  delete from feed.event where position = any (array(
    select position from feed.event where not current and appended_at < $1 limit $2))`;
const CHUNK = 10_000;

/** Writes the feed: what is told once is there once, in the order in which it was committed. */
@Injectable()
export class FeedRows {
  constructor(private readonly bell: FeedBell) {}

  /** Facts about recommendations: what is not newer than what the feed says of one is passed over. */
  async tellStates(tx: Transaction, batch: readonly ReceivedEvent[]): Promise<void> {
    const last = await lockEnd(tx);
    const newest = await currentVersions(tx, batch);
    const news = batch.filter((event) => {
      const held = newest.get(event.aggregateId);
      // A snapshot at a version that is known says nothing new to those who follow.
      const known = held && held.generation === event.generation && held.version === event.version;
      if (known || !supersedes(event, held)) return false;
      newest.set(event.aggregateId, event);
      return true;
    });
    await tx.query('update feed.event set current = false where current and aggregate_id = any($1)', [
      [...new Set(news.map(({ aggregateId }) => aggregateId))],
    ]);
    await this.append(tx, last, news, (event) => newest.get(event.aggregateId) === event);
  }

  /** Facts that leave no state behind. */
  async tellFacts(tx: Transaction, batch: readonly ReceivedEvent[]): Promise<void> {
    await this.append(tx, await lockEnd(tx), batch, () => false);
  }

  /** Recommendations that the feed has a last word about, in the order of their ids. */
  async ids(tx: Transaction, after: string | null, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select aggregate_id as id from feed.event
       where current and ($1::text is null or aggregate_id > $1) order by aggregate_id limit $2`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Whoever begins to read is told no more of them; nobody has said anything that could be told to those who follow. */
  async leaveOut(tx: Transaction, ids: string[]): Promise<void> {
    await tx.query('update feed.event set current = false where current and aggregate_id = any($1)', [ids]);
  }

  /** Deletes a part of what was superseded and appended before `before`; how many rows went. */
  async forget(tx: Transaction, before: Date): Promise<number> {
    return affectedRows(tx, FORGET, [before, CHUNK]);
  }

  private async append(
    tx: Transaction,
    last: number,
    events: readonly ReceivedEvent[],
    isCurrent: (event: ReceivedEvent) => boolean,
  ): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map((event, index) => ({
      position: last + 1 + index,
      event_id: event.id,
      type: event.type,
      aggregate_id: event.aggregateId,
      generation: event.generation,
      version: event.version,
      state_under_review: event.stateUnderReview,
      visibility: event.visibility,
      occurred_at: event.occurredAt,
      snapshot: event.snapshot,
      data: toWire(event.type, event.data),
      current: isCurrent(event),
    }));
    const end = last + events.length;
    await tx.query(APPEND, [JSON.stringify(rows)]);
    await tx.query('update feed.stream set last = $1', [end]);
    afterCommit(tx, () => this.bell.ring(end));
  }
}

/** The end of the feed; nobody else appends until this transaction is over. */
async function lockEnd(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ last: number }[]>('select last from feed.stream for update');
  return row!.last;
}

async function currentVersions(
  tx: Transaction,
  batch: readonly ReceivedEvent[],
): Promise<Map<string, AggregateVersion>> {
  const rows = await tx.query<(AggregateVersion & { id: string })[]>(
    `select aggregate_id as id, generation, version from feed.event
     where current and aggregate_id = any($1)`,
    [[...new Set(batch.map(({ aggregateId }) => aggregateId))]],
  );
  return new Map(rows.map(({ id, ...version }) => [id, version]));
}
