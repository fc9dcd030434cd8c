import { aCost, anAction, anIndicator, aPlan } from './builders';
import { blocks, gapsIn } from './gaps';

const kindsOf = (action: Parameters<typeof anAction>[0]) =>
  gapsIn(aPlan({ actions: [anAction(action)] }), []).map(({ kind }) => kind);

describe('gaps of a plan', () => {
  it('are none where nothing is missing', () => {
    expect(gapsIn(aPlan(), ['recommendation-1'])).toEqual([]);
  });

  it.each([
    ['lead-missing', { leadInstitution: ' ' }],
    ['date-missing', { dueOn: null }],
    ['indicator-missing', { indicators: [] }],
    ['indicator-incomplete', { indicators: [anIndicator({ target: { value: null, on: null } })] }],
    ['indicator-incomplete', { indicators: [anIndicator({ baseline: { value: null, on: '2025-01-01' } })] }],
    ['coverage-missing', { recommendationIds: [] }],
    ['cost-unknown', { costs: [] }],
    ['cost-unknown', { costs: [aCost(), aCost({ year: 2027, amount: null })] }],
    ['reference-open', { openReferences: ['A/HRC/99/1 5.1'] }],
  ] as const)('name %s', (kind, action) => {
    expect(kindsOf(action as any)).toEqual([kind]);
  });

  it('take zero for known, as a cost and as a baseline', () => {
    const nothing = { value: '0', on: null };
    expect(
      kindsOf({ costs: [aCost({ amount: '0' })], indicators: [anIndicator({ baseline: nothing })] }),
    ).toEqual([]);
  });

  it('find accepted recommendations that nobody covers, by action, cluster or a reasoned exclusion', () => {
    const plan = aPlan({
      clusters: [{ clusterId: 'school', name: 'School', recommendationIds: ['by-cluster'] }],
      exclusions: [
        { recommendationId: 'excluded', reason: 'Done before the review' },
        { recommendationId: 'without-reason', reason: ' ' },
      ],
      actions: [anAction({ recommendationIds: ['by-action'], clusterIds: ['school'] })],
    });
    expect(gapsIn(plan, ['by-action', 'by-cluster', 'excluded', 'without-reason', 'forgotten'])).toEqual([
      { kind: 'recommendation-not-covered', recommendationId: 'without-reason' },
      { kind: 'recommendation-not-covered', recommendationId: 'forgotten' },
    ]);
  });

  it('do not count a cluster that no action takes, nor an empty one as coverage', () => {
    const clusters = [
      { clusterId: 'unused', name: 'Unused', recommendationIds: ['a'] },
      { clusterId: 'empty', name: 'Empty', recommendationIds: [] },
    ];
    const plan = aPlan({ clusters, actions: [anAction({ recommendationIds: [], clusterIds: ['empty'] })] });
    expect(gapsIn(plan, ['a']).map(({ kind }) => kind)).toEqual([
      'coverage-missing',
      'recommendation-not-covered',
    ]);
  });

  it('keep a roadmap from adoption unless they are about money, measures or references', () => {
    const action = anAction({
      leadInstitution: '',
      dueOn: null,
      indicators: [],
      recommendationIds: [],
      costs: [],
      openReferences: ['x'],
    });
    const gaps = gapsIn(aPlan({ actions: [action] }), ['a']);
    expect(gaps.filter((gap) => !blocks(gap)).map(({ kind }) => kind)).toEqual([
      'cost-unknown',
      'reference-open',
    ]);
    expect(gaps.filter(blocks)).toHaveLength(5);
  });
});
