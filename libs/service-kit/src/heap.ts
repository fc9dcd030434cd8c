import { setFlagsFromString } from 'node:v8';

const ORDINARY_PERCENT = 100;
const SPARING_PERCENT = 20;

/** By how much the heap may grow before garbage is collected, where nobody is sparing; 0: V8's own judgement. */
let ordinary = 0;
let sparing = 0;

const growBy = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);

/**
 * Makes V8 collect garbage before the heap has doubled. By itself it waits until the heap is several times as large, so
 * that a process under load keeps a third more memory, for nothing. Call it once, when a process starts.
 */
export function keepHeapSmall(): void {
  ordinary = ORDINARY_PERCENT;
  if (sparing === 0) growBy(ordinary);
}

/**
 * While the work lasts, garbage is collected before the heap has grown by a fifth: for long work through which much
 * passes. An import of three hundred thousand rows would otherwise take half as much memory again as one of ten
 * thousand. Always, it would cost the relay of a full outbox a third of its time.
 */
export async function withSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  sparing += 1;
  growBy(SPARING_PERCENT);
  try {
    return await work();
  } finally {
    sparing -= 1;
    if (sparing === 0) growBy(ordinary);
  }
}
