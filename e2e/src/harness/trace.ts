import type { OtlpReceiver, ReceivedSpan } from '@followthrough/testing';

/** The span and all above it, up to the root of its trace. @throws Error where one of them has not come */
export function wayTo(span: ReceivedSpan, spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  const way = [span];
  for (let { parentSpanId } = span; parentSpanId !== null; parentSpanId = way[0]!.parentSpanId) {
    const parent = spans.find((one) => one.spanId === parentSpanId && one.traceId === span.traceId);
    if (!parent) throw new Error(`Of ${way[0]!.name} the parent has not come`);
    way.unshift(parent);
  }
  return way;
}

export const called = (collector: OtlpReceiver, name: string): ReceivedSpan[] =>
  collector.spans.filter((span) => span.name === name);

/**
 * What leads to the mail of an import, in order. Between publishing and the digest lie handlers and jobs, or, where a
 * sweep was quicker than a hint, what the notices kept of the trace.
 */
export const IMPORT_TO_MAIL = [
  'POST /api/recommendations/v1/imports/:id/apply',
  'run recommendations.advance-import',
  'import applying',
  'publish',
  'compose digest',
  'send mail',
];

/** The names that are among `expected`, so that two lists can be compared in order. */
export const among = (spans: readonly ReceivedSpan[], expected: readonly string[]): string[] =>
  spans.map(({ name }) => name).filter((name) => expected.includes(name));
