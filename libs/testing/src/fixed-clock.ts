/** A clock that stands still until it is moved. */
export interface FixedClock {
  now(): Date;
  /** moves it to an instant, given as ISO 8601 or Date */
  set(instant: string | Date): void;
  /** moves it on by milliseconds */
  advance(milliseconds: number): void;
}

export function fixedClock(instant: string | Date = '2024-03-01T12:00:00Z'): FixedClock {
  let at = new Date(instant).getTime();
  return {
    now: () => new Date(at),
    set: (to) => void (at = new Date(to).getTime()),
    advance: (milliseconds) => void (at += milliseconds),
  };
}
