import {
  filterToSql,
  recommendationColumns,
  type RecommendationFilter,
  type SqlCondition,
} from '@followthrough/contracts';
import type { States } from '../domain/import-access';

/** What only those may ask who may read internal fields. */
export interface InternalFilter {
  leadInstitution?: string[];
  status?: string[];
}

/** Recommendations that are held and match; the table is `r`, parameters begin with $1. */
export function recommendationWhere(filter: RecommendationFilter & InternalFilter): SqlCondition {
  const { leadInstitution, status, ...open } = filter;
  const condition = filterToSql(open, recommendationColumns('r'), 1);
  const params = [...condition.params];
  const conditions = ['r.withdrawn_at is null', condition.sql];
  const among = (column: string, values?: string[]) => {
    if (!values) return;
    params.push(values.map((value) => (value === 'none' ? '' : value)));
    conditions.push(`r.${column} = any($${params.length}::text[])`);
  };
  among('lead_institution', leadInstitution);
  among('status', status);
  return { sql: conditions.join(' and '), params };
}

/** The States of which the caller may see, or edit, internal fields. */
export function internalReach(states: States, firstParameter: number): SqlCondition {
  if (states === '*') return { sql: 'true', params: [] };
  return { sql: `r.state_under_review = any($${firstParameter}::text[])`, params: [states] };
}

export const asksInternal = (filter: InternalFilter): boolean =>
  filter.leadInstitution !== undefined || filter.status !== undefined;
