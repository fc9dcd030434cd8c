import { waitFor } from '@followthrough/testing';

/** Waits for a fact that several processes have to bring about, patient enough for a machine with much else to do. */
export function eventually<T>(
  fact: () => T | Promise<T>,
  { timeout = 40_000 } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  return waitFor(fact, { timeout });
}
