const hits = new Map<string, number>();

/**
 * A named place where a test may kill the process as a power cut would. Does nothing unless FT_FAIL_POINT is
 * `name` or `name:n` (the n-th time it is reached).
 */
export function failPoint(name: string): void {
  const wanted = process.env.FT_FAIL_POINT;
  if (!wanted) return;
  const [place, nth] = wanted.split(':');
  if (place !== name) return;
  const hit = (hits.get(name) ?? 0) + 1;
  hits.set(name, hit);
  if (hit === Number(nth ?? 1)) process.kill(process.pid, 'SIGKILL');
}
