import { FilterError, filterFromQuery, type RecommendationFilter } from '@followthrough/contracts';
import { Problem } from '@followthrough/service-kit';

/** @throws Problem where the query asks for what no filter knows */
export function filterOf(
  query: Record<string, string | string[]>,
  otherKeys: string[],
): RecommendationFilter {
  try {
    return filterFromQuery(query, otherKeys);
  } catch (error) {
    if (error instanceof FilterError)
      throw new Problem('invalid', 'filter-not-understood', `${error.message}.`);
    throw error;
  }
}
