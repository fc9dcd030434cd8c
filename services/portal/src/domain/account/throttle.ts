/** How many failures are let pass before one has to wait, and for how long. */
export interface ThrottleRule {
  /** Failures without consequence. */
  free: number;
  /** Wait after the first failure beyond, in seconds; it doubles with each further one. */
  firstWait: number;
  longestWait: number;
  /** Seconds without failure after which all is forgotten. */
  forget: number;
}

/** Guessing one person's password. The wait is short enough that nobody can lock another out for long. */
export const perAddress: ThrottleRule = { free: 5, firstWait: 15, longestWait: 15 * 60, forget: 60 * 60 };

/** Guessing many people's passwords, or secrets of links, from one place; ministries share one address. */
export const perPlace: ThrottleRule = { free: 40, firstWait: 30, longestWait: 30 * 60, forget: 60 * 60 };

/** Seconds to wait after the n-th failure in a row. */
export function waitAfter(rule: ThrottleRule, failures: number): number {
  const beyond = failures - rule.free;
  if (beyond <= 0) return 0;
  return Math.min(rule.longestWait, rule.firstWait * 2 ** Math.min(beyond - 1, 20));
}
