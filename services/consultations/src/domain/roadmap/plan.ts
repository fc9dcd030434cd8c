import type { Decimal } from '../decimal';

/** A number that is measured on a date; each may be unknown. */
export interface Measure {
  /** null: unknown, which is not zero */
  value: Decimal | null;
  /** ISO 8601 date, null where not known */
  on: string | null;
}

export const indicatorKinds = ['structure', 'process', 'outcome'] as const;

/** By what one will see that an action works; structure, process or outcome as OHCHR's HRI/PUB/12/5 has them. */
export interface Indicator {
  /** UUIDv7; stays through all versions, values are recorded under it */
  indicatorId: string;
  title: string;
  kind: (typeof indicatorKinds)[number];
  unit: string;
  baseline: Measure;
  target: Measure;
  /** where its values come from */
  source: string;
}

/** What an action costs in one year and currency. */
export interface Cost {
  year: number;
  /** ISO 4217 */
  currency: string;
  /** null: unknown, which is not zero */
  amount: Decimal | null;
  /** who estimated it, and by what */
  source: string;
}

export interface Action {
  actionId: string;
  /** as printed, "2.1"; order of the plan */
  number: string;
  title: string;
  description: string;
  leadInstitution: string;
  supportingInstitutions: string[];
  startOn: string | null;
  dueOn: string | null;
  /** accepted and noted ones alike */
  recommendationIds: string[];
  /** clusters whose recommendations it covers besides */
  clusterIds: string[];
  /** references of an imported plan that name no recommendation that is held, as written */
  openReferences: string[];
  indicators: Indicator[];
  costs: Cost[];
}

/** Recommendations that are taken together. */
export interface Cluster {
  clusterId: string;
  name: string;
  recommendationIds: string[];
}

/** An accepted recommendation that the roadmap leaves out, and why. */
export interface Exclusion {
  recommendationId: string;
  reason: string;
}

/** What a version of a roadmap says; kept whole and unchanged once adopted. */
export interface Plan {
  title: string;
  /** first and last year, 0 where not said */
  fromYear: number;
  toYear: number;
  clusters: Cluster[];
  exclusions: Exclusion[];
  /** in order of the plan */
  actions: Action[];
}

/** Recommendations that an action covers, by itself or by a cluster, without doubles. */
export function coveredBy(action: Action, clusters: readonly Cluster[]): string[] {
  const taken = clusters.filter(({ clusterId }) => action.clusterIds.includes(clusterId));
  return [
    ...new Set([...action.recommendationIds, ...taken.flatMap(({ recommendationIds }) => recommendationIds)]),
  ];
}

const numbering = new Intl.Collator('en', { numeric: true });

/** 1.2 stands before 1.10. */
export function inOrder(actions: readonly Action[]): Action[] {
  return [...actions].sort(
    (a, b) => numbering.compare(a.number, b.number) || (a.actionId < b.actionId ? -1 : 1),
  );
}
