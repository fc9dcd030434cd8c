export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Latencies {
  p50: number;
  p90: number;
  p99: number;
  events: number;
}

export function latenciesOf(milliseconds: readonly number[]): Latencies {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), events: sorted.length };
}

export const latencyLine = ({ p50, p90, p99, events }: Latencies): string =>
  `p50 ${p50.toFixed(1)} ms, p90 ${p90.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (${events} events)`;

/** Upper ends of the bars, in milliseconds. */
const BARS = [1, 2, 3, 5, 8, 12, 20, 35, 50, 100, 200, 500, Infinity];
const WIDEST = 50;

/** How many took how long, a line for each bar up to the last that is not empty. */
export function histogramOf(milliseconds: readonly number[]): string[] {
  const counts = BARS.map(
    (end, nth) => milliseconds.filter((ms) => ms <= end && ms > (BARS[nth - 1] ?? -1)).length,
  );
  const most = Math.max(...counts);
  const last = counts.findLastIndex((count) => count > 0);
  return counts.slice(0, last + 1).map((count, nth) => {
    const end = BARS[nth]!;
    const name = end === Infinity ? `over ${BARS[nth - 1]} ms` : `to ${end} ms`;
    const bar = '#'.repeat(Math.ceil((count / most) * WIDEST));
    return `    ${name.padStart(12)} ${String(count).padStart(6)} ${bar}`;
  });
}
