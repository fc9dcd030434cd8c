import type { CallerIdentity, Permission } from '@followthrough/service-kit';
import { feedTypes, type FeedType } from '../../domain/feed/feed-types';

/** What it takes to be told those of a State that are internal. */
const permissionFor: Record<FeedType, Permission> = {
  'recommendations.v1.RecommendationRecorded': 'recommendations.internal.read',
  'recommendations.v1.RecommendationRevised': 'recommendations.internal.read',
  'recommendations.v1.RecommendationWithdrawn': 'recommendations.internal.read',
  'recommendations.v1.ImportApplied': 'imports.read',
  'recommendations.v1.ImportUndone': 'imports.read',
};

/** Internal events that somebody may be told, beside the public ones. */
export interface Reach {
  /** Types of all States, and of none. */
  everywhere: FeedType[];
  /** Type and State, with a space between. */
  inStates: string[];
}

export function reachOf(caller: CallerIdentity | null): Reach {
  const reach: Reach = { everywhere: [], inStates: [] };
  for (const type of feedTypes) {
    const states = caller?.statesFor(permissionFor[type]) ?? [];
    if (states === '*') reach.everywhere.push(type);
    else reach.inStates.push(...states.map((state) => `${type} ${state}`));
  }
  return reach;
}
