import { consumer, handler, type Consumer } from '@followthrough/messaging';
import type { FeedRows } from '../outbound/feed/feed-rows';

/** Keeps the feed that partners read; apart from the read model, so that neither holds up the other. */
export function feedConsumer(feed: FeedRows): Consumer {
  return consumer(
    'portal.feed',
    [
      handler({
        events: [
          'recommendations.v1.RecommendationRecorded',
          'recommendations.v1.RecommendationRevised',
          'recommendations.v1.RecommendationWithdrawn',
        ],
        snapshots: true,
        handle: (tx, batch) => feed.tellStates(tx, batch),
      }),
      handler({
        events: ['recommendations.v1.ImportApplied', 'recommendations.v1.ImportUndone'],
        // They leave no state to tell again; told twice they would be there twice.
        snapshots: false,
        handle: (tx, batch) => feed.tellFacts(tx, batch),
      }),
    ],
    [
      {
        topic: 'recommendations.v1',
        keys: (tx, after, limit) => feed.ids(tx, after, limit),
        forget: (tx, ids) => feed.leaveOut(tx, ids),
      },
    ],
  );
}
