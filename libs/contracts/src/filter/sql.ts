import { withTargets } from '@followthrough/vocabulary';
import { searchWords } from './matches';
import { NONE, type RecommendationFilter } from './recommendation-filter';

/** SQL expressions of a table's columns; each is inserted as it is, so never from input. */
export interface FilterColumns {
  stateUnderReview: string;
  /** text[], like themes, groups and sdgs: never null, empty where there are none. */
  recommendingStates: string;
  position: string;
  themes: string;
  groups: string;
  sdgs: string;
  mechanism: string;
  cycle: string;
  session: string;
  actionCategory: string;
  kind: string;
  /** Text column that holds `searchText(recommendation)`; a trigram index on it serves `q`. */
  search: string;
}

/** Columns named like the fields in snake case, `search_text` for the search; `r` gives `r.position`. */
export function recommendationColumns(alias?: string): FilterColumns {
  const column = (name: string) => (alias ? `${alias}.${name}` : name);
  return {
    stateUnderReview: column('state_under_review'),
    recommendingStates: column('recommending_states'),
    position: column('position'),
    themes: column('themes'),
    groups: column('groups'),
    sdgs: column('sdgs'),
    mechanism: column('mechanism'),
    cycle: column('cycle'),
    session: column('session'),
    actionCategory: column('action_category'),
    kind: column('kind'),
    search: column('search_text'),
  };
}

export interface SqlCondition {
  /** A condition for WHERE, `true` for the filter that asks for nothing. */
  sql: string;
  params: unknown[];
}

/**
 * The filter as a PostgreSQL condition; `matchesFilter` gives the same answer.
 * @param firstParameter number of its first placeholder, where the statement has others before it
 */
export function filterToSql(
  filter: RecommendationFilter,
  columns: FilterColumns = recommendationColumns(),
  firstParameter = 1,
): SqlCondition {
  const conditions: string[] = [];
  const params: unknown[] = [];
  const bind = (value: unknown, type: string) => `$${firstParameter + params.push(value) - 1}::${type}`;
  const oneOf = (column: string, wanted?: readonly string[]) => {
    if (!wanted) return;
    const stored = wanted.map((value) => (value === NONE ? '' : value));
    conditions.push(`${column} = ANY(${bind(stored, 'text[]')})`);
  };
  const someOf = (column: string, wanted?: readonly string[]) => {
    if (!wanted) return;
    const overlap = `${column} && ${bind(wanted, 'text[]')}`;
    conditions.push(wanted.includes(NONE) ? `(${overlap} OR cardinality(${column}) = 0)` : overlap);
  };
  const within = (column: string, wanted?: readonly number[]) => {
    if (wanted) conditions.push(`${column} = ANY(${bind(wanted, 'int[]')})`);
  };
  oneOf(columns.stateUnderReview, filter.stateUnderReview);
  someOf(columns.recommendingStates, filter.recommendingState);
  oneOf(columns.position, filter.position);
  someOf(columns.themes, filter.theme);
  someOf(columns.groups, filter.group);
  someOf(columns.sdgs, filter.sdg?.flatMap(withTargets));
  oneOf(columns.mechanism, filter.mechanism);
  within(columns.cycle, filter.cycle);
  within(columns.session, filter.session);
  within(columns.actionCategory, filter.actionCategory);
  oneOf(columns.kind, filter.kind);
  for (const word of searchWords(filter.q ?? '')) {
    conditions.push(`${columns.search} LIKE ${bind(`%${word.replace(/[\\%_]/g, '\\$&')}%`, 'text')}`);
  }
  return { sql: conditions.join(' AND ') || 'true', params };
}
