import { coveredBy, type Action, type Plan } from './plan';

export const actionGaps = [
  'lead-missing',
  'date-missing',
  'indicator-missing',
  'indicator-incomplete',
  'coverage-missing',
  'cost-unknown',
  'reference-open',
] as const;

/** What an action lacks; `about` names the indicator, year or reference that is meant, '' the action itself. */
export interface ActionGap {
  kind: (typeof actionGaps)[number];
  actionId: string;
  number: string;
  title: string;
  about: string;
}

/** An accepted recommendation that no action covers and no exclusion explains. */
export interface CoverageGap {
  kind: 'recommendation-not-covered';
  recommendationId: string;
}

export type Gap = ActionGap | CoverageGap;

/** Kinds that keep a roadmap whose rule is to refuse from being adopted; others are told only. */
const blocking: ReadonlySet<Gap['kind']> = new Set([
  'lead-missing',
  'date-missing',
  'indicator-missing',
  'coverage-missing',
  'recommendation-not-covered',
]);

export const blocks = (gap: Gap): boolean => blocking.has(gap.kind);

/**
 * What is missing in a plan, action by action, then recommendations.
 * @param accepted ids of the recommendations that the State accepted and the roadmap is about
 */
export function gapsIn(plan: Plan, accepted: readonly string[]): Gap[] {
  const settled = new Set([
    ...plan.actions.flatMap((action) => coveredBy(action, plan.clusters)),
    ...plan.exclusions.filter(({ reason }) => reason.trim() !== '').map((one) => one.recommendationId),
  ]);
  return [
    ...plan.actions.flatMap((action) => gapsOf(action, coveredBy(action, plan.clusters).length > 0)),
    ...accepted
      .filter((recommendationId) => !settled.has(recommendationId))
      .map((recommendationId): Gap => ({ kind: 'recommendation-not-covered', recommendationId })),
  ];
}

function gapsOf(action: Action, covers: boolean): ActionGap[] {
  const { actionId, number, title } = action;
  const gaps: ActionGap[] = [];
  const lacks = (kind: ActionGap['kind'], about = '') => gaps.push({ kind, actionId, number, title, about });
  if (action.leadInstitution.trim() === '') lacks('lead-missing');
  if (action.dueOn === null) lacks('date-missing');
  if (action.indicators.length === 0) lacks('indicator-missing');
  for (const { title: indicator, baseline, target } of action.indicators) {
    if (baseline.value === null || target.value === null) lacks('indicator-incomplete', indicator);
  }
  if (!covers) lacks('coverage-missing');
  if (action.costs.length === 0) lacks('cost-unknown');
  for (const { amount, year, currency } of action.costs) {
    if (amount === null) lacks('cost-unknown', `${year} ${currency}`);
  }
  for (const reference of action.openReferences) lacks('reference-open', reference);
  return gaps;
}
