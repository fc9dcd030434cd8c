import { FilterError, filterFromQuery, type RecommendationFilter } from '@followthrough/contracts';
import { Problem } from '@followthrough/service-kit';
import { z } from 'zod';
import type { InternalFilter } from '../outbound/recommendation-where';
import type { Sort } from '../outbound/recommendation.reader';
import { page } from './schemas';

const texts = z.preprocess(
  (value) => (value === undefined ? undefined : [value].flat().filter((text) => text !== '')),
  z.array(z.string().max(300)).optional(),
);
const beside = z.object({
  page,
  sort: z.enum(['paragraph', 'newest']).default('paragraph'),
  leadInstitution: texts,
  status: texts,
});

const keys = [...Object.keys(beside.shape), 'format', 'lang'];

/**
 * A query string as filter, page and order. A key that nobody knows is refused: a misspelt filter must not answer
 * with everything.
 */
export function listQuery(query: Record<string, unknown>): {
  filter: RecommendationFilter & InternalFilter;
  page: number;
  sort: Sort;
} {
  const parsed = beside.safeParse(query);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new Problem(
      'invalid',
      'request-not-understood',
      `The query cannot be used: ${issue.path.join('.')}: ${issue.message}.`,
    );
  }
  const { leadInstitution, status, ...rest } = parsed.data;
  try {
    return {
      ...rest,
      filter: {
        ...filterFromQuery(query, keys),
        ...(leadInstitution?.length && { leadInstitution }),
        ...(status?.length && { status }),
      },
    };
  } catch (error) {
    if (error instanceof FilterError)
      throw new Problem('invalid', 'filter-not-understood', `${error.message}.`);
    throw error;
  }
}
