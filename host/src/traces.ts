import { recordSpansBy, type Logger, type PlatformConfig } from '@followthrough/service-kit';

/**
 * Has the spans of this process recorded and sent, where the environment names a collector; where it does not, not even
 * OpenTelemetry's code is loaded.
 * @param service name by which backends know this process, unless OTEL_SERVICE_NAME says another
 * @returns sends what is left and ends it
 */
export function startTraces(
  { traces }: Pick<PlatformConfig, 'traces'>,
  service: string,
  log: Logger,
): () => Promise<void> {
  if (!traces) return () => Promise.resolve();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a tenth of a second at each start, for what most installations never use
  const { openTelemetry } = require('./open-telemetry') as typeof import('./open-telemetry');
  const spans = openTelemetry(service, log);
  recordSpansBy(spans.startSpan);
  return async () => {
    recordSpansBy(null);
    await spans.stop();
  };
}
