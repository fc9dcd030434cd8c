import { aCost, anAction, anIndicator, aPlan } from './builders';
import { differences } from './differences';

describe('differences between two versions', () => {
  it('are none where the plans say the same, in whatever order', () => {
    const costs = [aCost(), aCost({ year: 2027 })];
    const before = aPlan({ actions: [anAction({ recommendationIds: ['a', 'b'], costs })] });
    const after = aPlan({
      actions: [anAction({ recommendationIds: ['b', 'a'], costs: [...costs].reverse() })],
    });
    const stored = JSON.parse(JSON.stringify(after, Object.keys(flat(after)).sort()));
    expect(differences(before, after)).toEqual({ fields: [], actions: [] });
    expect(differences(before, stored)).toEqual({ fields: [], actions: [] });
  });

  it('name actions that were added, changed and dropped, and what changed in them', () => {
    const before = aPlan({
      actions: [anAction(), anAction({ actionId: 'gone', number: '2', title: 'Old' })],
    });
    const after = aPlan({
      title: 'Roadmap, revised',
      actions: [
        anAction({ actionId: 'new', number: '0', title: 'New' }),
        anAction({ dueOn: '2029-06-30', costs: [aCost({ amount: null })] }),
      ],
    });
    expect(differences(before, after)).toEqual({
      fields: [{ field: 'title', before: 'Roadmap', after: 'Roadmap, revised' }],
      actions: [
        { change: 'added', actionId: 'new', number: '0', title: 'New', fields: [] },
        {
          change: 'changed',
          actionId: 'action-1',
          number: '1',
          title: 'Keep girls at school',
          fields: [
            { field: 'dueOn', before: '2028-12-31', after: '2029-06-30' },
            { field: 'costs', before: [aCost()], after: [aCost({ amount: null })] },
          ],
        },
        { change: 'dropped', actionId: 'gone', number: '2', title: 'Old', fields: [] },
      ],
    });
  });

  it('see an unknown amount as another than zero', () => {
    const withCost = (amount: string | null) =>
      aPlan({ actions: [anAction({ costs: [aCost({ amount })] })] });
    expect(differences(withCost(null), withCost('0')).actions).toHaveLength(1);
  });

  it('see every field', () => {
    const change = {
      number: '9',
      title: 'x',
      description: 'x',
      leadInstitution: 'x',
      supportingInstitutions: ['x'],
      startOn: null,
      dueOn: null,
      recommendationIds: ['x'],
      clusterIds: ['x'],
      openReferences: ['x'],
      indicators: [anIndicator({ unit: 'girls' })],
      costs: [],
    };
    const before = aPlan();
    for (const [field, value] of Object.entries(change)) {
      const found = differences(before, aPlan({ actions: [anAction({ [field]: value })] }));
      expect(found.actions[0]?.fields.map((one) => one.field)).toEqual([field]);
    }
    expect(Object.keys(change).sort()).toEqual(
      Object.keys(anAction())
        .filter((key) => key !== 'actionId')
        .sort(),
    );
  });
});

function flat(value: unknown, found: Record<string, true> = {}): Record<string, true> {
  if (value !== null && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      if (!Array.isArray(value)) found[key] = true;
      flat(part, found);
    }
  }
  return found;
}
