import { filterToSql, type RecommendationFilter } from '@followthrough/contracts';
import { rowsOf, type Reader } from './rows-of';

/** What pages and files show of a recommendation. */
export interface RecommendationLine {
  recommendationId: string;
  symbol: string;
  paragraph: string;
  text: string;
  position: string;
  withdrawn: boolean;
}

const LINE = `select recommendation_id as "recommendationId", symbol, paragraph, text, position, withdrawn
  from recommendation_copy r`;
const ORDER = `order by r.symbol, array_remove(string_to_array(regexp_replace(r.paragraph, '[^0-9]+', '.', 'g'), '.'), '')::numeric[],
  r.paragraph, r.recommendation_id`;

/** Recommendations to a State that a filter finds, in order of document and paragraph. */
export function recommendationsTo(
  reader: Reader,
  stateUnderReview: string,
  filter: RecommendationFilter,
): Promise<RecommendationLine[]> {
  const { sql, params } = filterToSql({ ...filter, stateUnderReview: undefined }, undefined, 2);
  return rowsOf<RecommendationLine>(
    reader,
    `${LINE} where not r.withdrawn and r.state_under_review = $1 and ${sql} ${ORDER}`,
    [stateUnderReview, ...params],
  );
}

/** Accepted in whole or in part: what a roadmap has to cover. */
export const isAccepted = ({ position }: Pick<RecommendationLine, 'position'>): boolean =>
  position === 'supported' || position === 'partly';

export async function linesOf(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, RecommendationLine>> {
  const rows = await rowsOf<RecommendationLine>(
    reader,
    `${LINE} where r.recommendation_id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.recommendationId, row]));
}

/** Those of the ids that are no recommendations to the State. */
export async function strangersAmong(
  reader: Reader,
  stateUnderReview: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reader,
    `select id from unnest($2::uuid[]) id where not exists (
       select from recommendation_copy where recommendation_id = id and state_under_review = $1)`,
    [stateUnderReview, ids],
  );
  return rows.map(({ id }) => id);
}
