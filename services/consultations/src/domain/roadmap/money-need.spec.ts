import { aCost, anAction } from './builders';
import { moneyNeed } from './money-need';

describe('the money that a plan needs', () => {
  it('is summed exactly by year and currency, and nothing is converted', () => {
    const { years } = moneyNeed([
      anAction({
        actionId: 'a',
        costs: [aCost({ amount: '0.1' }), aCost({ amount: '0.2', source: 'Donor' })],
      }),
      anAction({
        actionId: 'b',
        costs: [aCost({ currency: 'XOF', amount: '900' }), aCost({ year: 2025, amount: '7' })],
      }),
    ]);
    expect(years).toEqual([
      { year: 2025, currency: 'EUR', amount: '7', actions: 1, unknown: 0 },
      { year: 2026, currency: 'EUR', amount: '0.3', actions: 1, unknown: 0 },
      { year: 2026, currency: 'XOF', amount: '900', actions: 1, unknown: 0 },
    ]);
  });

  it('tells unknown from zero', () => {
    const need = moneyNeed([
      anAction({ actionId: 'a', costs: [aCost({ amount: null })] }),
      anAction({ actionId: 'b', costs: [aCost({ amount: '0' })] }),
      anAction({ actionId: 'c', costs: [] }),
    ]);
    expect(need).toEqual({
      years: [{ year: 2026, currency: 'EUR', amount: '0', actions: 1, unknown: 1 }],
      withoutEstimate: 1,
    });
  });
});
