import { sumOf, type Decimal } from '../decimal';
import type { Action } from './plan';

/** Money that all actions need in a year and currency. */
export interface YearlyNeed {
  year: number;
  currency: string;
  /** exact sum of what is known */
  amount: Decimal;
  /** actions with an estimate that is known */
  actions: number;
  /** actions whose cost in that year and currency is known to be unknown: the sum is too small by these */
  unknown: number;
}

export interface MoneyNeed {
  /** by year, then currency; nothing is converted */
  years: YearlyNeed[];
  /** actions of which nobody has said what they cost, and which no sum holds */
  withoutEstimate: number;
}

export function moneyNeed(actions: readonly Action[]): MoneyNeed {
  const found = new Map<
    string,
    { year: number; currency: string; known: Map<string, Decimal[]>; unknown: Set<string> }
  >();
  for (const { actionId, costs } of actions) {
    for (const { year, currency, amount } of costs) {
      const key = `${year} ${currency}`;
      const need = found.get(key) ?? {
        year,
        currency,
        known: new Map<string, Decimal[]>(),
        unknown: new Set<string>(),
      };
      found.set(key, need);
      if (amount === null) need.unknown.add(actionId);
      else need.known.set(actionId, [...(need.known.get(actionId) ?? []), amount]);
    }
  }
  return {
    years: [...found.values()]
      .map(({ year, currency, known, unknown }) => ({
        year,
        currency,
        amount: sumOf([...known.values()].flat()),
        actions: known.size,
        unknown: unknown.size,
      }))
      .sort((a, b) => a.year - b.year || (a.currency < b.currency ? -1 : 1)),
    withoutEstimate: actions.filter(({ costs }) => costs.length === 0).length,
  };
}
