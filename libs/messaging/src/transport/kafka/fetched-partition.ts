import { jittered } from '../../pace';
import type { StoredRecord } from '../transport';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** A partition that this member holds: what was fetched and not yet handled. */
export class FetchedPartition {
  /** Fetched and not yet handed over. */
  private waiting: StoredRecord[] = [];
  /** Offset to go on with after all that waits; null: nothing was fetched yet, the group knows. */
  private position: number | null = null;
  /** Offset of the first record that is not handled; null as above. */
  private next: number | null = null;
  private failures = 0;
  private resting = false;
  /** Another member holds it now. */
  lost = false;

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  /** Fetched ahead, in records. */
  get ahead(): number {
    return this.waiting.length;
  }

  /** Whether there is something to hand over. */
  get ready(): boolean {
    return this.waiting.length > 0 && !this.lost && !this.resting;
  }

  /** Where to fetch from, null: where the group has left off. */
  get fetchFrom(): number | null {
    return this.position;
  }

  /**
   * Takes what was fetched at `from` and reaches up to `next`.
   * @returns false where that is not what comes next here: fetch at `fetchFrom`
   */
  take(from: number, records: StoredRecord[], next: number): boolean {
    if (this.position !== null && from !== this.position) return false;
    this.next ??= from;
    for (const record of records) this.waiting.push(record);
    this.position = next;
    return true;
  }

  handOver(count: number): StoredRecord[] {
    return this.waiting.splice(0, count);
  }

  handledUpTo(offset: number): void {
    this.next = Math.max(this.next ?? 0, offset + 1);
    this.failures = 0;
  }

  /** Hands nothing over for so many milliseconds; then `rested` is called. */
  rest(milliseconds: number, rested: () => void): void {
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      rested();
    }, milliseconds).unref();
  }

  /** Goes back to the first record that is not handled. @returns for how many milliseconds to pause */
  fallBack(): number {
    this.waiting = [];
    this.position = this.next;
    const pause = jittered(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures));
    this.failures += 1;
    return pause;
  }
}
