import { setTimeout as delay } from 'node:timers/promises';
import type { Logger, Span, SpanStart, StartSpan } from '@followthrough/service-kit';
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type SpanContext,
  type Span as RecordedSpan,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { v4 as uuidv4 } from 'uuid';

/** A collector that does not answer keeps nobody from stopping. */
const FLUSH_WITHIN_MS = 2000;
/** Of a collector that is gone, one line in so long. */
const SAY_EVERY_MS = 600_000;

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/**
 * OpenTelemetry's SDK: batches in memory, of which the oldest are sent and the newest dropped when a collector is slow
 * or gone. Everything is set by its own variables. Its context manager and propagators are not used: a `traceparent` is
 * all that our own context, events and rows carry.
 */
export function openTelemetry(
  service: string,
  log: Logger,
): { startSpan: StartSpan; stop: () => Promise<void> } {
  const say = (level: 'warn' | 'info' | 'debug') => (message: string) =>
    log[level]({ opentelemetry: message.slice(0, 500) }, 'traces');
  let silentUntil = 0;
  const failed = (message: string): void => {
    say(Date.now() < silentUntil ? 'debug' : 'warn')(message);
    if (Date.now() >= silentUntil) silentUntil = Date.now() + SAY_EVERY_MS;
  };
  diag.setLogger(
    // An export that failed is an error there; for us it is a trace less.
    { error: failed, warn: say('info'), info: say('info'), debug: say('debug'), verbose: say('debug') },
    { logLevel: DiagLogLevel.INFO, suppressOverrideMessage: true },
  );
  const named = resourceFromAttributes({
    'service.name': service,
    'service.namespace': 'followthrough',
    'service.instance.id': uuidv4(),
  });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('followthrough');
  return {
    startSpan: (name, start) => spanOf(tracer.startSpan(name, optionsOf(start), contextOf(start.parent))),
    stop: async () => {
      const patience = new AbortController();
      const late = delay(FLUSH_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined);
      const sent = provider.shutdown().catch(() => say('info')('The last spans could not be sent.'));
      await Promise.race([sent, late]);
      patience.abort();
      diag.disable();
    },
  };
}

function optionsOf({ kind, links = [], attributes, startedAt }: SpanStart) {
  return {
    kind: kinds[kind],
    ...(attributes && { attributes }),
    ...(links.length > 0 && { links: links.map((link) => ({ context: spanContextOf(link) })) }),
    ...(startedAt !== undefined && { startTime: startedAt }),
  };
}

const contextOf = (parent: string | null) =>
  parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(parent));

const spanContextOf = (traceparent: string): SpanContext => ({
  traceId: traceparent.slice(3, 35),
  spanId: traceparent.slice(36, 52),
  traceFlags: parseInt(traceparent.slice(53), 16) & 1,
  isRemote: true,
});

function spanOf(span: RecordedSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-0${traceFlags & 1}`,
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes(attributes),
    end: (failure) => {
      if (failure !== undefined) {
        span.setAttribute('error.type', failure);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}
