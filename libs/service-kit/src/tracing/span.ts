import { currentContext, newContext, runInContext } from '../context';
import { isSampled, traceIdOf } from './traceparent';

export type Attributes = Record<string, string | number | boolean>;

/** What is said of a span at its start. No address, name, text or URL of anybody may be among its attributes. */
export interface SpanStart {
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** `traceparent` of what led to it; null: it begins a trace. */
  parent: string | null;
  /** `traceparent`s of what else led to it. */
  links?: readonly string[];
  attributes?: Attributes;
  /** Milliseconds since 1970; now, if not given. */
  startedAt?: number;
}

/** A span under way. */
export interface Span {
  /** To be given to whatever it leads to. */
  readonly traceparent: string;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** @param failure kind of failure: a code or a class, never a message, which may hold anything */
  end(failure?: string): void;
}

export type StartSpan = (name: string, start: SpanStart) => Span;

let startSpan: StartSpan | null = null;

/** The host says who records the spans of this process; null: nobody, and nothing is made that nobody records. */
export function recordSpansBy(recorder: StartSpan | null): void {
  startSpan = recorder;
}

/** Whether spans are recorded at all. */
export const isTracing = (): boolean => startSpan !== null;

/** What a row keeps of the present trace, so that whoever takes it up later goes on with it; null: it is not recorded. */
export function traceToKeep(traceparent = currentContext()?.traceparent ?? null): string | null {
  return startSpan !== null && traceparent !== null && isSampled(traceparent) ? traceparent : null;
}

/** The parent of work that a row tells of: the present context where that is of the row's trace, else what the row kept. */
export function goingOnWith(kept: string | null): string | null {
  const present = currentContext()?.traceparent ?? null;
  const there = kept === null || (present !== null && traceIdOf(present) === traceIdOf(kept));
  return there ? present : kept;
}

/** A span that somebody else ends; null where none are recorded. */
export function openSpan(name: string, start: SpanStart): Span | null {
  return startSpan === null ? null : startSpan(name, start);
}

/**
 * Does work as a span, below that of the present context unless `describe` names another parent. What the work
 * publishes, queues or logs belongs to the span.
 * @param describe called only where spans are recorded
 */
export async function inSpan<T>(
  name: string,
  describe: () => Omit<SpanStart, 'parent'> & { parent?: string | null },
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  if (startSpan === null) return work(null);
  const context = currentContext() ?? newContext();
  const span = startSpan(name, { parent: context.traceparent, ...describe() });
  try {
    const done = await runInContext({ ...context, traceparent: span.traceparent }, () => work(span));
    span.end();
    return done;
  } catch (error) {
    span.end(kindOf(error));
    throw error;
  }
}

function kindOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const [kind] = [code, name].filter((word) => typeof word === 'string' && /^\w{1,40}$/.test(word));
  return (kind as string | undefined) ?? 'Error';
}
