import { NONE } from '@followthrough/contracts';

/** Questions that the list answers with counts. The names are those of the filter. */
export const facets = [
  'position',
  'theme',
  'group',
  'sdg',
  'stateUnderReview',
  'recommendingState',
  'cycle',
  'session',
  'mechanism',
  'kind',
  'actionCategory',
] as const;
export type Facet = (typeof facets)[number];

/** What a list row must tell for it to be counted and found. */
export interface Countable {
  kind: string;
  mechanism: string;
  stateUnderReview: string;
  cycle: number;
  session: number;
  recommendingStates: readonly string[];
  position: string;
  actionCategory: number;
  themes: readonly string[];
  groups: readonly string[];
  sdgs: readonly string[];
}

/**
 * The values under which a recommendation is counted in each facet. What is empty counts as "none" (0 for
 * numbers), as in the filter; a target counts under its goal too.
 */
export function facetValues(row: Countable): Record<Facet, readonly string[]> {
  return {
    position: [row.position || NONE],
    theme: orNone(row.themes),
    group: orNone(row.groups),
    sdg: orNone([...new Set(row.sdgs.flatMap((sdg) => [sdg, sdg.split('.')[0] ?? sdg]))]),
    stateUnderReview: [row.stateUnderReview || NONE],
    recommendingState: orNone(row.recommendingStates),
    cycle: [String(row.cycle)],
    session: [String(row.session)],
    mechanism: [row.mechanism || NONE],
    kind: [row.kind],
    actionCategory: [String(row.actionCategory)],
  };
}

function orNone(values: readonly string[]): readonly string[] {
  return values.length === 0 ? [NONE] : values;
}
