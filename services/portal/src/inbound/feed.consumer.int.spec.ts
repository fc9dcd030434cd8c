import { topics } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import {
  EmbeddedTransport,
  eventLogMigrations,
  Messaging,
  publish,
  type OutgoingEvent,
} from '@followthrough/messaging';
import { createLogger } from '@followthrough/service-kit';
import { testDatabase, waitFor } from '@followthrough/testing';
import { Registry } from 'prom-client';
import { portalService } from '../index';
import { readFeed, readFeedOn } from '../testing/feed-reading';
import { gate } from '../testing/gate';
import { aRecommendation } from '../testing/recommendation-events';
import { startPortal, type RunningPortal } from '../testing/start-portal';

const EVENTS = 600;
const RECORDED = 'recommendations.v1.RecommendationRecorded';
const log = createLogger('silent');

describe('the consumer that keeps the feed', () => {
  let portal: RunningPortal;
  let logDatabase: Database;
  let running: { transport: EmbeddedTransport; messaging: Messaging } | null;

  beforeEach(async () => {
    portal = await startPortal();
    logDatabase = await testDatabase({ migrations: [eventLogMigrations] });
  });
  afterEach(async () => {
    await stop();
    await portal.stop();
    await logDatabase.close();
  });

  const start = async () => {
    const transport = new EmbeddedTransport({ url: logDatabase.url, log });
    await transport.ensureTopics(topics);
    const messaging = await Messaging.start({
      service: 'portal',
      database: portal.database,
      transport,
      consumers: portalService.consumers(portal.app),
      log,
      metrics: new Registry(),
    });
    running = { transport, messaging };
  };
  const stop = async () => {
    await running?.messaging.stop();
    await running?.transport.close();
    running = null;
  };
  /** Recommendations are recorded and each is revised once; the ids of the events in the order of their keys. */
  const publishAll = async (): Promise<Map<string, string[]>> => {
    const ids = new Map<string, string[]>();
    for (let nth = 0; nth < EVENTS / 2; nth += 50) {
      const events = Array.from({ length: 50 }, () => aRecommendation()).flatMap(
        (recommendation): OutgoingEvent[] => {
          const said = { recommendation, importId: '', announce: false };
          const envelope = {
            aggregateId: recommendation.recommendationId,
            stateUnderReview: 'SVN',
            visibility: 'public' as const,
          };
          const [first, second] = [aRecommendation().recommendationId, aRecommendation().recommendationId];
          ids.set(recommendation.recommendationId, [first, second]);
          return [
            { ...envelope, id: first, type: RECORDED, version: 1, data: said },
            {
              ...envelope,
              id: second,
              type: 'recommendations.v1.RecommendationRevised',
              version: 2,
              data: { ...said, changedFields: ['text'], previousPosition: '' },
            },
          ];
        },
      );
      await portal.database.transaction((tx) => publish(tx, ...events));
    }
    return ids;
  };
  const lag = async () =>
    (await running!.messaging.standing()).subscriptions.reduce((sum, { lag }) => sum + lag!, 0);
  const handledAll = () =>
    waitFor(
      async () =>
        (await portal.database.query('select from outbox limit 1')).length === 0 && (await lag()) === 0,
      { timeout: 60_000, what: 'all events to be handled' },
    );
  const length = async () =>
    (await portal.database.query('select count(*)::int as n from feed.event'))[0]!.n as number;
  const idsByKey = async (after: string) => {
    const { events } = await readFeedOn(portal, after);
    const ids = new Map<string, string[]>();
    for (const { subject, id } of events) ids.set(subject, [...(ids.get(subject) ?? []), id]);
    return ids;
  };

  it('loses nothing and doubles nothing when its transactions are cut off and batches come again', async () => {
    const begun = (await readFeedOn(portal, '/api/events')).next;
    const ids = await publishAll();
    // An open transaction holds up the feed, so that consumers are certainly in the middle of theirs.
    const held = gate();
    const taken = gate();
    const holding = portal.database.transaction(async (tx) => {
      await tx.query('select from feed.stream for update');
      taken.open();
      await held.passed;
    });
    await taken.passed;
    await start();
    const cut = () =>
      portal.database.query<{ cut: boolean }>(
        `select pg_terminate_backend(pid) as cut from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%feed.stream%'`,
      );
    await waitFor(async () => (await cut()).length > 0, { what: 'a consumer in its transaction' });
    await waitFor(async () => (await cut()).length > 0, { what: 'a consumer that tries again' });
    expect(await length()).toBe(0);
    held.open();
    await holding;
    await waitFor(async () => (await length()) > 0, { timeout: 60_000 });
    await stop();

    // As after a crash between the effects and the commit of the offsets: everything is delivered again.
    await logDatabase.query('delete from log_group_offset');
    await start();
    await handledAll();
    expect(await idsByKey(begun)).toEqual(ids);
    const parked = await portal.database.query('select from parked_event');
    expect(parked).toEqual([]);
  });

  it('tells a reader who waits what its service publishes, through the log', async () => {
    await start();
    const begun = (await readFeedOn(portal, '/api/events')).next;
    const follow = async () => {
      let read = 0;
      for (let next = begun.replace('wait=0', 'wait=30'); read < EVENTS;) {
        const batch = await readFeed(portal, next);
        read += batch.events.length;
        next = batch.next;
      }
    };
    const following = follow();
    const ids = await publishAll();
    await following;
    expect(await idsByKey(begun)).toEqual(ids);
  });
});
