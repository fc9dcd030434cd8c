import Big from 'big.js';

/** Digits before and behind the point that an amount or a value may have; sums keep them all. */
export const decimalForm = /^-?(0|[1-9]\d{0,17})(\.\d{1,6})?$/;

/** An exact decimal in its one spelling: "12", "0.5"; never a JavaScript number. */
export type Decimal = string;

/** @returns null for what is no decimal within 18 digits before and 6 behind the point */
export function decimalOf(text: string): Decimal | null {
  return decimalForm.test(text) ? spelled(new Big(text)) : null;
}

export function sumOf(decimals: readonly Decimal[]): Decimal {
  return spelled(decimals.reduce((sum, decimal) => sum.plus(decimal), new Big(0)));
}

function spelled(value: Big): Decimal {
  const text = value.toFixed();
  return text === '-0' ? '0' : text;
}
