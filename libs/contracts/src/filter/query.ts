import {
  type FilterField,
  filterFields,
  type RecommendationFilter,
  recommendationFilter,
} from './recommendation-filter';

/** What Express hands over as a parsed query, or a URLSearchParams. */
export type Query = Iterable<[string, string]> | Record<string, unknown>;

/** A filter that says something impossible, in a sentence that names field, value and what is accepted. */
export class FilterError extends Error {
  override name = 'FilterError';
}

/**
 * The filter in a query string with repeated keys (`position=supported&position=noted`). Empty values are left
 * out, as a form sends them.
 * @param otherKeys keys that the route understands besides; with them given, an unknown key is refused rather
 * than ignored, so that a misspelt filter never answers with everything
 * @throws FilterError
 */
export function filterFromQuery(query: Query, otherKeys?: readonly string[]): RecommendationFilter {
  const given: Record<string, string[]> = {};
  for (const [key, content] of entriesOf(query)) {
    if (!isFilterField(key)) {
      if (otherKeys && !otherKeys.includes(key)) throw new FilterError(unknownKey(key, otherKeys));
      continue;
    }
    const texts = (Array.isArray(content) ? content : [content])
      .map(String)
      .filter((text) => text.trim() !== '');
    if (texts.length === 0) continue;
    given[key] = [...(given[key] ?? []), ...texts];
  }
  const { q, ...fields } = given;
  return parseFilter(q ? { ...fields, q: q.join(' ') } : fields);
}

/**
 * A filter from JSON of unknown origin (a request body, a stored subscription).
 * @throws FilterError
 */
export function parseFilter(value: unknown): RecommendationFilter {
  const parsed = recommendationFilter.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FilterError(`Filter ${issue?.path.join('.') || 'fields'}: ${issue?.message ?? 'not understood'}`);
}

/** The query string of a filter, without question mark, in a fixed order: equal filters give equal strings. */
export function filterToQuery(filter: RecommendationFilter): string {
  const query = new URLSearchParams();
  for (const field of filterFields) {
    const value = filter[field];
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? sorted(value) : [value]) query.append(field, String(one));
  }
  return query.toString();
}

function sorted(values: readonly (string | number)[]): (string | number)[] {
  return [...new Set(values)].sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }));
}

function entriesOf(query: Query): Iterable<[string, unknown]> {
  return Symbol.iterator in query ? (query as Iterable<[string, string]>) : Object.entries(query);
}

function isFilterField(key: string): key is FilterField {
  return (filterFields as string[]).includes(key);
}

function unknownKey(key: string, otherKeys: readonly string[]): string {
  return `There is no filter "${key}"; known are ${[...filterFields, ...otherKeys].join(', ')}`;
}
