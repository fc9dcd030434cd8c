import type { Action, Cost, Indicator, Plan } from './plan';

export const anIndicator = (given: Partial<Indicator> = {}): Indicator => ({
  indicatorId: 'indicator-1',
  title: 'Girls who finish secondary school',
  kind: 'outcome',
  unit: '%',
  baseline: { value: '61', on: '2024-12-31' },
  target: { value: '75', on: '2028-12-31' },
  source: 'School census',
  ...given,
});

export const aCost = (given: Partial<Cost> = {}): Cost => ({
  year: 2026,
  currency: 'EUR',
  amount: '120000',
  source: 'Budget circular',
  ...given,
});

/** An action that lacks nothing. */
export const anAction = (given: Partial<Action> = {}): Action => ({
  actionId: 'action-1',
  number: '1',
  title: 'Keep girls at school',
  description: '',
  leadInstitution: 'Ministry of Education',
  supportingInstitutions: [],
  startOn: '2026-01-01',
  dueOn: '2028-12-31',
  recommendationIds: ['recommendation-1'],
  clusterIds: [],
  openReferences: [],
  indicators: [anIndicator()],
  costs: [aCost()],
  ...given,
});

export const aPlan = (given: Partial<Plan> = {}): Plan => ({
  title: 'Roadmap',
  fromYear: 2026,
  toYear: 2029,
  clusters: [],
  exclusions: [],
  actions: [anAction()],
  ...given,
});
