import { handler, type Handler } from '@followthrough/messaging';
import type { MatchFacts } from '../usecases/match-facts';

/** Facts about recommendations, in one handler so that those of one recommendation stay in order. */
export function recommendationFacts(matchFacts: MatchFacts): Handler {
  return handler({
    events: [
      'recommendations.v1.RecommendationRecorded',
      'recommendations.v1.RecommendationRevised',
      'recommendations.v1.RecommendationWithdrawn',
    ],
    // Snapshots and replays only renew the copy: what is not newer than it is told to nobody.
    snapshots: true,
    handle: (tx, batch) => matchFacts.run(tx, batch),
  });
}
