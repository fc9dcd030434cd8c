import { AsyncLocalStorage } from 'node:async_hooks';
import { v7 as uuidv7 } from 'uuid';
import { traceparentIn } from './tracing/traceparent';

/** What ties a request, its events and its jobs together. */
export interface WorkContext {
  correlationId: string;
  /** Id of the event that caused this work, null at the edge. */
  causationId: string | null;
  /** W3C Trace Context, https://www.w3.org/TR/trace-context/; null where nobody traces. */
  traceparent: string | null;
}

const storage = new AsyncLocalStorage<WorkContext>();

export function currentContext(): WorkContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

const correlationForm = /^[A-Za-z0-9._-]{1,64}$/;

/** A context for work that starts here; ids given from outside are taken only in their own form. */
export function newContext(given: { correlationId?: string; traceparent?: string } = {}): WorkContext {
  return {
    correlationId:
      given.correlationId && correlationForm.test(given.correlationId) ? given.correlationId : uuidv7(),
    causationId: null,
    traceparent: traceparentIn(given.traceparent),
  };
}
