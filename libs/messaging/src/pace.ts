/** How long to wait before looking again: short while there is work, longer and longer while there is none. */
export class Pace {
  private current: number;

  constructor(
    private readonly shortest: number,
    private readonly longest: number,
  ) {
    this.current = shortest;
  }

  /** Something was found. */
  quicken(): void {
    this.current = this.shortest;
  }

  /** Milliseconds to wait now; twice as long the next time. */
  next(): number {
    const wait = this.current;
    this.current = Math.min(this.longest, this.current * 2);
    return wait;
  }
}

/** Milliseconds between half of `ms` and `ms`, so that many who wait do not come back together. */
export const jittered = (ms: number): number => ms / 2 + (Math.random() * ms) / 2;
