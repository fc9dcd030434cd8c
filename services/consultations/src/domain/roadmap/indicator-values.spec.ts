import { numbersFrom } from '../../testing/numbers-from';
import { addValue, valuesInForce, type NewValue, type ValueEntry } from './indicator-values';

const TODAY = '2026-07-01';
const aValue = (given: Partial<NewValue> = {}): NewValue => ({
  observedOn: '2026-01-01',
  value: '61',
  source: 'Census',
  corrects: null,
  reason: '',
  ...given,
});
const entries = (...values: NewValue[]): ValueEntry[] =>
  values.reduce<ValueEntry[]>((held, value) => {
    const answer = addValue(held, value, TODAY);
    if ('refused' in answer) throw new Error(answer.refused.reason);
    return [...held, answer.taken];
  }, []);

describe('values of an indicator', () => {
  it('are numbered, and those that nothing corrects are in force by day', () => {
    const held = entries(
      aValue({ observedOn: '2026-03-01', value: '63' }),
      aValue(),
      aValue({ value: '60.5', corrects: 2, reason: 'Two schools were counted twice' }),
    );
    expect(valuesInForce(held).map(({ sequence, value }) => [sequence, value])).toEqual([
      [3, '60.5'],
      [1, '63'],
    ]);
  });

  it('can be taken back by a correction without a value, and corrected again after that', () => {
    const held = entries(aValue(), aValue({ value: null, corrects: 1, reason: 'Of another district' }));
    expect(valuesInForce(held)).toEqual([]);
    expect(
      valuesInForce([...held, ...entriesAfter(held, aValue({ corrects: 2, reason: 'It was ours' }))]),
    ).toHaveLength(1);
  });

  it.each([
    ['value-of-the-future', aValue({ observedOn: '2026-07-02' })],
    ['value-missing', aValue({ value: null })],
    ['corrected-value-unknown', aValue({ corrects: 7, reason: 'x' })],
    ['reason-missing', aValue({ corrects: 3 })],
    ['value-corrected-already', aValue({ corrects: 1, reason: 'x' })],
  ])('are refused: %s', (slug, value) => {
    const held = entries(
      aValue(),
      aValue({ corrects: 1, reason: 'x' }),
      aValue({ observedOn: '2026-02-01' }),
    );
    expect(addValue(held, value, TODAY)).toMatchObject({ refused: { slug } });
  });

  it('never lose an observation: each is in force, corrected once, or taken back', () => {
    const next = numbersFrom(7);
    for (let walk = 0; walk < 100; walk += 1) {
      let held: ValueEntry[] = [];
      for (let call = 0; call < 30; call += 1) {
        const corrects = next() < 0.5 ? null : Math.ceil(next() * 12);
        const answer = addValue(
          held,
          aValue({ corrects, value: next() < 0.2 ? null : '1', reason: 'x' }),
          TODAY,
        );
        if ('taken' in answer) held = [...held, answer.taken];
      }
      const inForce = new Set(valuesInForce(held).map(({ sequence }) => sequence));
      for (const { sequence, value } of held) {
        const corrections = held.filter(({ corrects }) => corrects === sequence).length;
        expect(corrections).toBeLessThanOrEqual(1);
        expect(inForce.has(sequence)).toBe(corrections === 0 && value !== null);
      }
    }
  });
});

function entriesAfter(held: ValueEntry[], value: NewValue): ValueEntry[] {
  const answer = addValue(held, value, TODAY);
  if ('refused' in answer) throw new Error(answer.refused.reason);
  return [answer.taken];
}
