import { consumer, handler, type Consumer } from '@followthrough/messaging';
import { recommendationCopy, type RecommendationCopies } from '../outbound/recommendation-copies';

/** Keeps the service's own copy of recommendations. */
export function recommendationsConsumer(copies: RecommendationCopies): Consumer {
  return consumer(
    'funding',
    [
      handler({
        events: ['recommendations.v1.RecommendationRecorded', 'recommendations.v1.RecommendationRevised'],
        snapshots: true,
        handle: (tx, batch) => copies.keep(tx, batch),
      }),
      handler({
        events: ['recommendations.v1.RecommendationWithdrawn'],
        snapshots: true,
        handle: (tx, batch) => copies.withdraw(tx, batch),
      }),
    ],
    [recommendationCopy],
  );
}
