import { feedTypes } from '../domain/feed/feed-types';
import { FeedBell } from '../outbound/feed/feed-bell';
import { FeedRows } from '../outbound/feed/feed-rows';
import { FeedReader } from '../outbound/feed/feed.reader';
import type { CloudEvent } from '../domain/feed/cloud-event';
import type { Cursor } from '../domain/feed/cursor';
import { testDatabase, waitFor } from '@followthrough/testing';
import { createLogger } from '@followthrough/service-kit';
import type { Database } from '@followthrough/database';
import { portalService } from '../index';
import { gate } from '../testing/gate';
import { aRecommendation, recorded, revised } from '../testing/recommendation-events';

const WRITERS = 8;
const TRANSACTIONS = 25;
const wanted = { types: feedTypes, reach: { everywhere: [], inStates: [] }, limit: 7 };

describe('a reader of the feed beside many writers', () => {
  let database: Database;
  let rows: FeedRows;
  let reader: FeedReader;
  beforeEach(async () => {
    database = await testDatabase({ migrations: portalService.migrations, poolSize: WRITERS + 2 });
    rows = new FeedRows(new FeedBell(database, createLogger('silent')));
    reader = new FeedReader(database);
  });
  afterEach(() => database.close());

  it('sees nothing of a later writer before an earlier one has committed', async () => {
    const { next } = await reader.read(null, wanted);
    const appended = gate();
    const held = gate();
    const first = database.transaction(async (tx) => {
      await rows.tellStates(tx, [recorded(aRecommendation({ text: 'first' }))]);
      appended.open();
      await held.passed;
    });
    await appended.passed;
    const secondWaits = () =>
      database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
    const second = database.transaction((tx) =>
      rows.tellStates(tx, [recorded(aRecommendation({ text: 'second' }))]),
    );
    await waitFor(async () => (await secondWaits()).length > 0);
    expect((await reader.read(next, wanted)).events).toEqual([]);
    held.open();
    await Promise.all([first, second]);
    const { events } = await reader.read(next, wanted);
    expect(events.map(({ data }) => (data as any).recommendation.text)).toEqual(['first', 'second']);
  });

  it('would miss events if positions were taken as they come: the reason for the lock', async () => {
    await database.query('create table naive (position bigint generated always as identity, said text)');
    const after = async (position: number) =>
      database.query<{ position: number; said: string }>('select * from naive where position > $1', [
        position,
      ]);
    const taken = gate();
    const held = gate();
    const first = database.transaction(async (tx) => {
      await tx.query(`insert into naive (said) values ('first')`);
      taken.open();
      await held.passed;
    });
    await taken.passed;
    await database.query(`insert into naive (said) values ('second')`);
    const seen = await after(0);
    held.open();
    await first;
    expect([...seen, ...(await after(seen.at(-1)!.position))].map(({ said }) => said)).toEqual(['second']);
  });

  it('reads every event that was committed, once and in order, and none that was rolled back', async () => {
    const committed: string[] = [];
    const write = async (writer: number) => {
      const mine = aRecommendation();
      let version = 0;
      for (let nth = 0; nth < TRANSACTIONS; nth += 1) {
        const facts = Array.from({ length: 1 + ((writer + nth) % 3) }, (_, more) =>
          version + more === 0
            ? recorded(mine, { version: 1 })
            : revised(mine, ['text'], '', { version: version + more + 1 }),
        );
        const fails = (writer + nth) % 5 === 0;
        await database
          .transaction(async (tx) => {
            // Transactions begin in one order, append in another and are of different length.
            await tx.query('select pg_sleep($1)', [((writer * 7 + nth * 3) % 5) / 1000]);
            await rows.tellStates(tx, facts);
            await tx.query('select pg_sleep($1)', [((writer * 3 + nth * 7) % 4) / 1000]);
            if (fails) throw new Error('rolled back');
            version += facts.length;
          })
          .then(
            () => committed.push(...facts.map(({ id }) => id)),
            (error: Error) => expect(error.message).toBe('rolled back'),
          );
      }
    };
    let writing = true;
    const seen: CloudEvent[] = [];
    const follow = async (begin: Cursor) => {
      for (let cursor = begin; ;) {
        const last = !writing;
        const { events, next } = await reader.read(cursor, wanted);
        seen.push(...events);
        cursor = next;
        if (last && events.length === 0) return;
      }
    };
    const following = follow((await reader.read(null, wanted)).next);
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    writing = false;
    await following;

    expect(committed.length).toBeGreaterThan(WRITERS * TRANSACTIONS);
    expect(seen.map(({ id }) => id).sort()).toEqual([...committed].sort());
    for (const one of new Set(seen.map(({ subject }) => subject))) {
      const versions = seen.filter(({ subject }) => subject === one).map((event) => event.aggregateversion);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });
});
