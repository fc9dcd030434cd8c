import { createLogger } from '@followthrough/service-kit';
import { OtlpReceiver, waitFor } from '@followthrough/testing';
import { openTelemetry } from './open-telemetry';

const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const unsampled = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-00`;

describe('spans on their way to a collector', () => {
  let collector: OtlpReceiver;
  const before = { ...process.env };
  const lines: { level: number; opentelemetry: string }[] = [];
  const log = createLogger('info', {
    write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]),
  });
  const start = (environment: Record<string, string> = {}) => {
    Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, environment);
    return openTelemetry('followthrough-test', log);
  };

  beforeEach(async () => {
    collector = await OtlpReceiver.start();
    lines.length = 0;
  });

  afterEach(async () => {
    process.env = { ...before };
    await collector.stop();
  });

  it('bear name, parent, links, attributes and how they ended, and are sent at the latest when it stops', async () => {
    const { startSpan, stop } = start();
    const link = `00-${'e'.repeat(32)}-${'f'.repeat(16)}-01`;
    const span = startSpan('GET', { kind: 'server', parent, links: [link], attributes: { one: 1 } });
    span.rename('GET /x/:id');
    span.set({ two: 'zwei' });
    const child = startSpan('below', {
      kind: 'client',
      parent: span.traceparent,
      startedAt: Date.now() - 50,
    });
    child.end('ECONNREFUSED');
    span.end();
    await stop();
    const [below, above] = collector.spans;
    expect(above).toMatchObject({
      service: 'followthrough-test',
      name: 'GET /x/:id',
      kind: 2,
      traceId: 'a'.repeat(32),
      parentSpanId: 'b'.repeat(16),
      links: [{ traceId: 'e'.repeat(32), spanId: 'f'.repeat(16) }],
      attributes: { one: 1, two: 'zwei' },
      failed: false,
    });
    expect(below).toMatchObject({
      name: 'below',
      parentSpanId: above!.spanId,
      attributes: { 'error.type': 'ECONNREFUSED' },
      failed: true,
    });
    expect(span.traceparent).toBe(`00-${'a'.repeat(32)}-${above!.spanId}-01`);
  });

  it('honour the flag of who began the trace, and hand it on', async () => {
    const { startSpan, stop } = start();
    const quiet = startSpan('quiet', { kind: 'server', parent: unsampled });
    expect(quiet.traceparent).toMatch(new RegExp(`^00-${'c'.repeat(32)}-[0-9a-f]{16}-00$`));
    quiet.end();
    const root = startSpan('root', { kind: 'server', parent: null });
    expect(root.traceparent).toMatch(/-01$/);
    root.end();
    await stop();
    expect(collector.spans.map(({ name }) => name)).toEqual(['root']);
  });

  it('are sampled and named as the standard variables say', async () => {
    const { startSpan, stop } = start({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
      OTEL_SERVICE_NAME: 'ours',
    });
    startSpan('root', { kind: 'server', parent: null }).end();
    startSpan('asked for', { kind: 'server', parent }).end();
    await stop();
    expect(collector.spans.map(({ name, service }) => [name, service])).toEqual([['asked for', 'ours']]);
  });

  it.each([
    ['hangs', (one: OtlpReceiver) => Promise.resolve(one.hang())],
    ['is gone', (one: OtlpReceiver) => one.stop()],
  ])('are dropped where the collector %s, and a stop waits two seconds for it', async (_, breakDown) => {
    await breakDown(collector);
    const { startSpan, stop } = start({ OTEL_BSP_SCHEDULE_DELAY: '50', OTEL_EXPORTER_OTLP_TIMEOUT: '2500' });
    for (let n = 0; n < 50_000; n += 1) startSpan(`span ${n}`, { kind: 'internal', parent: null }).end();
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('are missed once in the log, not each time', async () => {
    await collector.stop();
    const { startSpan, stop } = start({ OTEL_BSP_SCHEDULE_DELAY: '20', OTEL_EXPORTER_OTLP_TIMEOUT: '100' });
    const warnings = () => lines.filter(({ level }) => level === 40);
    startSpan('one', { kind: 'internal', parent: null }).end();
    await waitFor(() => warnings().length === 1);
    const told = lines.length;
    startSpan('two', { kind: 'internal', parent: null }).end();
    await waitFor(() => lines.length > told);
    expect(warnings()).toHaveLength(1);
    await stop();
  });
});
