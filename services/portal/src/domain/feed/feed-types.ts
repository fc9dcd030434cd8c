import type { EventType } from '@followthrough/contracts';

/** What the feed tells. Facts about persons, organisations and the platform itself are not in it. */
export const feedTypes = [
  'recommendations.v1.RecommendationRecorded',
  'recommendations.v1.RecommendationRevised',
  'recommendations.v1.RecommendationWithdrawn',
  'recommendations.v1.ImportApplied',
  'recommendations.v1.ImportUndone',
] as const satisfies EventType[];

export type FeedType = (typeof feedTypes)[number];

export const isFeedType = (name: string): name is FeedType => (feedTypes as readonly string[]).includes(name);
