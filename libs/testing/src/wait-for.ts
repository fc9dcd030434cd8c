import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** milliseconds; 10 seconds if not given */
  timeout?: number;
  /** what is waited for, for the message */
  what?: string;
  /** milliseconds between one question and the next; 10 if not given */
  every?: number;
}

/**
 * Waits for a fact: asks until the answer is neither false, null nor undefined, and returns it. An answer that
 * throws counts as "not yet"; its error is the cause when time runs out.
 */
export async function waitFor<T>(
  fact: () => T | Promise<T>,
  { timeout = 10_000, what = 'the awaited fact', every = 10 }: WaitOptions = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const until = Date.now() + timeout;
  let cause: unknown;
  for (;;) {
    try {
      const answer = await fact();
      if (answer !== false && answer !== null && answer !== undefined)
        return answer as NonNullable<Exclude<T, false>>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= until) throw new Error(`After ${timeout} ms still waiting for ${what}`, { cause });
    await delay(every);
  }
}
