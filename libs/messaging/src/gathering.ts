/** Up to so many events a second there is next to no pause; it grows with the square of the rate. */
const CALM_RATE = 300;
const LONGEST_PAUSE_MS = 50;
const WINDOW_MS = 200;

/**
 * How long to let events come together before the next few are moved. What a send or a transaction costs, it costs
 * whether it carries one event or fifty: under a steady stream of single events a pause saves most of it. It is 1 ms
 * at 300 events a second, 3 ms at 500, 50 ms from 2,100 on, and none where there is always a full batch to move.
 */
export class Gathering {
  private perSecond = 0;

  constructor(private at = performance.now()) {}

  /**
   * @param events moved just now, less than a full batch
   * @param now as `performance.now()` tells it
   * @returns milliseconds to pause, 0 where it is not worth a timer
   */
  pauseAfter(events: number, now = performance.now()): number {
    const elapsed = Math.max(1, now - this.at);
    this.at = now;
    const weight = 1 - Math.exp(-elapsed / WINDOW_MS);
    this.perSecond += ((events * 1000) / elapsed - this.perSecond) * weight;
    const pause = Math.min(LONGEST_PAUSE_MS, (this.perSecond / CALM_RATE) ** 2);
    return pause < 1 ? 0 : pause;
  }
}
