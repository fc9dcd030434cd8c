import { fold, withTargets } from '@followthrough/vocabulary';
import { NONE, type RecommendationFilter } from './recommendation-filter';

/** What a filter looks at. The state of a recommendation in its events is one, a row of a read model may be. */
export interface Filterable {
  kind: string;
  mechanism: string;
  stateUnderReview: string;
  cycle: number;
  session: number;
  symbol: string;
  paragraph: string;
  text: string;
  recommendingStates: readonly string[];
  position: string;
  actionCategory: number;
  themes: readonly string[];
  groups: readonly string[];
  sdgs: readonly string[];
}

/** Whether a recommendation is what the filter asks for. `filterToSql` gives the same answer. */
export function matchesFilter(filter: RecommendationFilter, recommendation: Filterable): boolean {
  return (
    oneOf(filter.stateUnderReview, recommendation.stateUnderReview) &&
    someOf(filter.recommendingState, recommendation.recommendingStates) &&
    oneOf(filter.position, recommendation.position) &&
    someOf(filter.theme, recommendation.themes) &&
    someOf(filter.group, recommendation.groups) &&
    someOf(filter.sdg?.flatMap(withTargets), recommendation.sdgs) &&
    oneOf(filter.mechanism, recommendation.mechanism) &&
    within(filter.cycle, recommendation.cycle) &&
    within(filter.session, recommendation.session) &&
    within(filter.actionCategory, recommendation.actionCategory) &&
    oneOf(filter.kind, recommendation.kind) &&
    saysAll(filter.q, recommendation)
  );
}

/**
 * The text that `q` is looked up in. A table that is filtered by SQL keeps it in a column of its own, so that
 * database and code fold letters alike.
 */
export function searchText(recommendation: Pick<Filterable, 'text' | 'paragraph' | 'symbol'>): string {
  return fold(`${recommendation.paragraph} ${recommendation.symbol} ${recommendation.text}`);
}

/** The words of `q`, folded like `searchText`. */
export function searchWords(q: string): string[] {
  return [...new Set(fold(q).split(' '))].filter((word) => word !== '');
}

function oneOf(wanted: readonly string[] | undefined, value: string): boolean {
  return !wanted || wanted.includes(value === '' ? NONE : value);
}

function someOf(wanted: readonly string[] | undefined, values: readonly string[]): boolean {
  if (!wanted) return true;
  return values.length === 0 ? wanted.includes(NONE) : values.some((value) => wanted.includes(value));
}

function within(wanted: readonly number[] | undefined, value: number): boolean {
  return !wanted || wanted.includes(value);
}

function saysAll(q: string | undefined, recommendation: Filterable): boolean {
  if (q === undefined) return true;
  const text = searchText(recommendation);
  return searchWords(q).every((word) => text.includes(word));
}
