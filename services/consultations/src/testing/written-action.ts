/** An action as a client writes it, that lacks nothing but what it covers. */
export const writtenAction = (given: Record<string, unknown> = {}) => ({
  number: '1',
  title: 'Keep girls at school',
  description: '',
  leadInstitution: 'Ministry of Education',
  supportingInstitutions: ['Statistical Office'],
  startOn: '2026-01-01',
  dueOn: '2028-12-31',
  recommendationIds: [] as string[],
  clusterIds: [] as string[],
  indicators: [
    {
      title: 'Girls who finish secondary school',
      kind: 'outcome',
      unit: '%',
      baseline: { value: '61.25', on: '2024-12-31' },
      target: { value: '75', on: '2028-12-31' },
      source: 'School census',
    },
  ],
  costs: [
    { year: 2026, currency: 'EUR', amount: '120000.10', source: 'Budget circular' },
    { year: 2027, currency: 'EUR', amount: null, source: 'Ministry, not yet estimated' },
  ],
  ...given,
});
