/** The one filter of the platform (list, export, subscription, bulk edit), as it stands in an address. */
export const filterFields = [
  'position',
  'theme',
  'group',
  'sdg',
  'stateUnderReview',
  'recommendingState',
  'mechanism',
  'cycle',
  'session',
  'kind',
  'actionCategory',
] as const;
export type FilterField = (typeof filterFields)[number];

/** Values within a field are alternatives, fields narrow each other. */
export type Filter = { [Field in FilterField]?: string[] } & { q?: string };

/** The fields that are numbers in a request body; in an address everything is text. */
const numeric: ReadonlySet<string> = new Set(['cycle', 'session', 'actionCategory']);

/** The filter as JSON for subscriptions and bulk edits. */
export function filterToBody(filter: Filter): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of filterFields) {
    const values = filter[field];
    if (values?.length) body[field] = numeric.has(field) ? values.map(Number) : values;
  }
  if (filter.q) body.q = filter.q;
  return body;
}

/** A filter from a service's JSON: numbers become text, unknown keys are dropped. */
export function filterFromBody(body: Record<string, unknown>): Filter {
  const filter: Filter = {};
  for (const field of filterFields) {
    const values = body[field];
    if (Array.isArray(values) && values.length) filter[field] = values.map(String);
  }
  if (typeof body.q === 'string' && body.q) filter.q = body.q;
  return filter;
}

/** How many values are chosen, the search text counting as one. */
export function filterSize(filter: Filter): number {
  return filterFields.reduce((sum, field) => sum + (filter[field]?.length ?? 0), filter.q ? 1 : 0);
}

/** Takes the filter out of a page's search parameters. */
export function filterOf(search: Filter): Filter {
  const filter: Filter = {};
  for (const field of filterFields) if (search[field]?.length) filter[field] = search[field];
  if (search.q) filter.q = search.q;
  return filter;
}
