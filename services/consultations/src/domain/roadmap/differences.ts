import type { Action, Cluster, Exclusion, Plan } from './plan';

/** One field that is not as it was; lists without order are compared without it. */
export interface FieldDifference {
  field: string;
  before: unknown;
  after: unknown;
}

export interface ActionDifference {
  change: 'added' | 'changed' | 'dropped';
  actionId: string;
  /** as of the later version, of the earlier where dropped */
  number: string;
  title: string;
  /** empty where added or dropped */
  fields: FieldDifference[];
}

export interface PlanDifference {
  /** title, years, clusters and exclusions */
  fields: FieldDifference[];
  /** in order of the later version, dropped ones last */
  actions: ActionDifference[];
}

/** What makes `after` another plan than `before`. Empty for plans that say the same. */
export function differences(before: Plan, after: Plan): PlanDifference {
  const earlier = new Map(before.actions.map((action) => [action.actionId, action]));
  const later = new Set(after.actions.map(({ actionId }) => actionId));
  const head = (action: Action, change: ActionDifference['change'], fields: FieldDifference[] = []) => ({
    change,
    actionId: action.actionId,
    number: action.number,
    title: action.title,
    fields,
  });
  return {
    fields: fieldsThatDiffer(planFields(before), planFields(after)),
    actions: [
      ...after.actions.flatMap((action) => {
        const was = earlier.get(action.actionId);
        if (!was) return [head(action, 'added')];
        const fields = fieldsThatDiffer(actionFields(was), actionFields(action));
        return fields.length > 0 ? [head(action, 'changed', fields)] : [];
      }),
      ...before.actions
        .filter(({ actionId }) => !later.has(actionId))
        .map((action) => head(action, 'dropped')),
    ],
  };
}

type Fields = Record<string, unknown>;

function fieldsThatDiffer(before: Fields, after: Fields): FieldDifference[] {
  return Object.keys(after)
    .filter((field) => canonical(before[field]) !== canonical(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

function planFields({ title, fromYear, toYear, clusters, exclusions }: Plan): Fields {
  return {
    title,
    fromYear,
    toYear,
    clusters: by(
      clusters.map((cluster: Cluster) => ({
        ...cluster,
        recommendationIds: [...cluster.recommendationIds].sort(),
      })),
      ({ clusterId }) => clusterId,
    ),
    exclusions: by(exclusions, ({ recommendationId }: Exclusion) => recommendationId),
  };
}

function actionFields({ actionId: _, ...fields }: Action): Fields {
  return {
    ...fields,
    supportingInstitutions: [...fields.supportingInstitutions].sort(),
    recommendationIds: [...fields.recommendationIds].sort(),
    clusterIds: [...fields.clusterIds].sort(),
    openReferences: [...fields.openReferences].sort(),
    indicators: by(fields.indicators, ({ indicatorId }) => indicatorId),
    costs: by(fields.costs, ({ year, currency, source }) => `${year} ${currency} ${source}`),
  };
}

const by = <T>(list: readonly T[], key: (one: T) => string): T[] =>
  [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** JSON whose keys have one order, however an object was made or stored. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
