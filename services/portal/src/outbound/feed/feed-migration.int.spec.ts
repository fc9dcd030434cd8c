import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromWire } from '@followthrough/contracts';
import { RecommendationRows } from '../view/recommendation-rows';
import { readFeed } from '../../testing/feed-reading';
import { aRecommendation, recorded, tell, withdrawn } from '../../testing/recommendation-events';
import { startPortal } from '../../testing/start-portal';

describe('the feed of an installation that is older than it', () => {
  it('begins with what the read model holds', async () => {
    const portal = await startPortal();
    try {
      const whole = aRecommendation();
      const bare = aRecommendation({
        position: '',
        cycle: 0,
        themes: [],
        sdgs: [],
        text: 'Côte "x"\n',
        sources: [],
      });
      const gone = aRecommendation();
      const day = (date: string) => ({ occurredAt: new Date(date) });
      await tell(
        portal.database,
        portal.app.get(RecommendationRows),
        recorded(whole, day('2024-01-01')),
        recorded(bare, day('2024-01-02')),
        recorded(gone, day('2024-01-03')),
        withdrawn(gone.recommendationId, day('2024-01-04')),
      );
      await portal.database.query('drop schema feed cascade');
      const migration = join(__dirname, '..', '..', '..', 'migrations', '0004_feed.sql');
      await portal.database.query(readFileSync(migration, 'utf8'));

      const { events } = await readFeed(portal, '/api/events');
      expect(events.map(({ type, data }) => fromWire(type, data as never))).toEqual([
        { recommendation: whole, importId: '', announce: false },
        { recommendation: bare, importId: '', announce: false },
        { recommendationId: gone.recommendationId, reason: 'import-undone', importId: '', announce: false },
      ]);
      expect(events.map(({ aggregateversion, snapshot }) => [aggregateversion, snapshot])).toEqual([
        [1, true],
        [1, true],
        [2, true],
      ]);
    } finally {
      await portal.stop();
    }
  });
});
