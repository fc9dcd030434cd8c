import { randomBytes } from 'node:crypto';

type Attributes = Record<string, string | number | boolean>;

export interface LoggedSpan {
  name: string;
  kind: string;
  traceparent: string;
  parent: string | null;
  links: readonly string[];
  attributes: Attributes;
  failure: string | undefined;
}

/** Spans that have ended, in that order, and what starts them: for `recordSpansBy` of service-kit. */
export function spanLog() {
  const ended: LoggedSpan[] = [];
  const startSpan = (
    name: string,
    start: { kind: string; parent: string | null; links?: readonly string[]; attributes?: Attributes },
  ) => {
    const trace = start.parent?.slice(3, 35) ?? randomBytes(16).toString('hex');
    const span: LoggedSpan = {
      name,
      kind: start.kind,
      traceparent: `00-${trace}-${randomBytes(8).toString('hex')}-01`,
      parent: start.parent,
      links: start.links ?? [],
      attributes: { ...start.attributes },
      failure: undefined,
    };
    return {
      traceparent: span.traceparent,
      rename: (to: string) => void (span.name = to),
      set: (more: Attributes) => void Object.assign(span.attributes, more),
      end: (failure?: string) => void ended.push(Object.assign(span, { failure })),
    };
  };
  return { ended, startSpan };
}
