import { jittered } from '../../pace';
import type { StoredRecord } from '../transport';
import type { LogTopic } from './log-topics';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** A partition in the hands of a subscription: what is fetched ahead, what is being handled. */
export class HeldPartition {
  /** Offset from which to fetch. */
  position: number;
  /** Fetched and not yet handed over. */
  waiting: StoredRecord[] = [];
  running: Promise<void> | null = null;
  /** To be given back, or already lost: nothing new is begun. */
  leaving = false;
  private pausedUntil = 0;
  private failures = 0;

  constructor(
    readonly part: number,
    readonly topic: LogTopic,
    readonly partition: number,
    /** Offset of the first record that is not handled. */
    private next: number,
  ) {
    this.position = next;
  }

  wantsMore(end: number): boolean {
    return !this.leaving && this.waiting.length === 0 && this.position < end && !this.paused;
  }

  /**
   * Takes records that begin at `offset`, unless it has gone elsewhere since they were asked for, or has enough.
   * Whoever fetches beside a batch that fails would otherwise leave that batch out.
   */
  take(offset: number, records: StoredRecord[]): void {
    if (offset !== this.position || this.waiting.length > 0 || this.leaving) return;
    this.waiting = records;
    this.position = records.at(-1)!.offset + 1;
  }

  /** Nothing lies between `offset` and `next`: it has outlived its retention. */
  skip(offset: number, next: number): void {
    if (offset === this.position && this.waiting.length === 0) this.position = next;
  }

  get ready(): boolean {
    return !this.leaving && !this.running && this.waiting.length > 0 && !this.paused;
  }

  /** Milliseconds until a pause ends, 0 where there is none. */
  get pause(): number {
    return Math.max(0, this.pausedUntil - performance.now());
  }

  handledUpTo(offset: number): void {
    this.next = Math.max(this.next, offset + 1);
    this.failures = 0;
  }

  /** Goes back to the first record that is not handled, after a pause that grows with each failure. */
  fallBack(): void {
    this.position = this.next;
    this.waiting = [];
    this.pausedUntil =
      performance.now() + jittered(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures));
    this.failures += 1;
  }

  private get paused(): boolean {
    return this.pausedUntil > performance.now();
  }
}
