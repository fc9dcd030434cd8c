import { consumer, handler, type Consumer } from '@followthrough/messaging';
import type { RecommendationRows } from '../outbound/view/recommendation-rows';

/** Keeps the read model of recommendations. */
export function recommendationsConsumer(rows: RecommendationRows): Consumer {
  return consumer(
    'portal',
    [
      handler({
        events: ['recommendations.v1.RecommendationRecorded', 'recommendations.v1.RecommendationRevised'],
        snapshots: true,
        handle: (tx, batch) => rows.keep(tx, batch),
      }),
      handler({
        events: ['recommendations.v1.RecommendationWithdrawn'],
        snapshots: true,
        handle: (tx, batch) => rows.withdraw(tx, batch),
      }),
    ],
    [
      {
        topic: 'recommendations.v1',
        keys: (tx, after, limit) => rows.ids(tx, after, limit),
        forget: (tx, ids) => rows.forget(tx, ids),
      },
    ],
  );
}
