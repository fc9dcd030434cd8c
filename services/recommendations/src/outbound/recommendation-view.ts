import type { CallerIdentity } from '@followthrough/service-kit';
import { stateOf } from '../domain/held/held';
import type { RecommendationRow } from './recommendation-rows';

/** Whether the caller may see the internal fields of a recommendation to this State. */
export function seesInternal(caller: CallerIdentity | null, stateUnderReview: string): boolean {
  return caller?.can('recommendations.internal.read', stateUnderReview || null) ?? false;
}

/** A recommendation as the API shows it: `internal` is there only for those who may see it. */
export function recommendationView(row: RecommendationRow, caller: CallerIdentity | null) {
  const { recommendationId, ...state } = stateOf(row.id, row);
  return {
    id: recommendationId,
    ...state,
    stateUnderReviewRaw: row.stateUnderReviewRaw,
    unresolvedStates: row.unresolvedStates,
    positionSource: row.positionSource,
    translations: row.translations,
    recordedAt: row.recordedAt,
    revisedAt: row.revisedAt,
    withdrawnAt: row.withdrawnAt,
    ...(seesInternal(caller, row.stateUnderReview) && {
      internal: {
        leadInstitution: row.leadInstitution,
        supportingInstitutions: row.supportingInstitutions,
        deadline: row.deadline,
        status: row.status,
        note: row.note,
      },
    }),
  };
}

export type RecommendationView = ReturnType<typeof recommendationView>;
