/** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header */
const form = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** More causes than these are counted, not named. */
const MOST_LINKS = 32;

/** A `traceparent` taken in its own form only, else null. */
export const traceparentIn = (text: unknown): string | null =>
  typeof text === 'string' && form.test(text) ? text : null;

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
export const spanIdOf = (traceparent: string): string => traceparent.slice(36, 52);

/** Whether the trace is recorded: the lowest bit of the flags. */
export const isSampled = (traceparent: string): boolean => (parseInt(traceparent.slice(53), 16) & 1) === 1;

/** What work belongs to that many things led to. */
export interface Causes {
  /** Where all of them are of one trace; null: the work begins a trace of its own. */
  parent: string | null;
  /** The other causes, of which no more than 32 are named. */
  links: string[];
}

/**
 * One trace goes on; of several none may claim the work, which is only linked to them. Traces that are not recorded
 * count where there are no others, so that nothing is recorded for them.
 */
export function causesOf(traceparents: Iterable<string | null>): Causes {
  const sampled = new Set<string>();
  let unsampled: string | null = null;
  let traceId: string | null = null;
  let oneTrace = true;
  for (const traceparent of traceparents) {
    if (traceparent === null) continue;
    if (!isSampled(traceparent)) {
      unsampled ??= traceparent;
      continue;
    }
    traceId ??= traceIdOf(traceparent);
    oneTrace &&= traceIdOf(traceparent) === traceId;
    if (sampled.size < MOST_LINKS) sampled.add(traceparent);
  }
  const [first, ...others] = sampled;
  if (first === undefined) return { parent: unsampled, links: [] };
  return oneTrace ? { parent: first, links: others } : { parent: null, links: [first, ...others] };
}
