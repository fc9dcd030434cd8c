import {
  filterToSql,
  recommendationColumns,
  type RecommendationFilter,
  type SqlCondition,
} from '@followthrough/contracts';

/**
 * Recommendations to one State that a filter finds, withdrawn ones left out; the table is `r`, parameters begin
 * with $1. Whatever States the filter itself names, no other than this one is reached.
 */
export function recommendationWhere(stateUnderReview: string, filter: RecommendationFilter): SqlCondition {
  const { sql, params } = filterToSql(
    { ...filter, stateUnderReview: [stateUnderReview] },
    recommendationColumns('r'),
  );
  return { sql: `not r.withdrawn and ${sql}`, params };
}
