import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { kafkaMissing, redisMissing } from '@followthrough/stack';
import { describeUnless, OtlpReceiver, waitFor } from '@followthrough/testing';
import type { Api } from './harness/api';
import { exportOf } from './harness/export-file';
import { Installation } from './harness/installation';
import { MailServer } from './harness/mail-server';
import { followByMail } from './harness/people';
import { among, called, IMPORT_TO_MAIL, wayTo } from './harness/trace';

const ROWS = 1200;
const PATIENCE = { timeout: 90_000 };
const follower = 'follower.of.slovenia@example.org';

function tracesAreWhole(replicas: number | undefined): void {
  let mails: MailServer;
  let collector: OtlpReceiver;
  let installation: Installation;
  let operator: Api;

  beforeAll(async () => {
    mails = await MailServer.start();
    collector = await OtlpReceiver.start();
    installation = await Installation.start({
      ...(replicas && { replicas }),
      environment: {
        SMTP_URL: mails.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '200',
        LOG_LEVEL: 'debug',
      },
    });
    operator = await installation.operator();
    await followByMail(operator, mails, follower, { stateUnderReview: ['SVN'] });
  }, 180_000);

  afterAll(async () => {
    await installation?.remove();
    await collector?.stop();
    await mails?.stop();
  });

  it('one trace leads from the request that applies an import to the mail about it', async () => {
    const before = mails.to(follower).length;
    const { id } = await operator.prepareImport(exportOf(ROWS), 'export.csv');
    await operator.applyImport(id, true);
    await waitFor(() => mails.to(follower).length > before, { ...PATIENCE, what: 'the mail' });
    const request = await waitFor(() => called(collector, IMPORT_TO_MAIL[0]!)[0], PATIENCE);
    const ofTrace = () => collector.spans.filter(({ traceId }) => traceId === request.traceId);
    const mail = await waitFor(() => ofTrace().find(({ name }) => name === 'send mail'), {
      ...PATIENCE,
      what: 'the span of the mail, in the trace of the request',
    });
    const way = await waitFor(() => wayTo(mail, collector.spans), PATIENCE);
    expect(among(way, IMPORT_TO_MAIL)).toEqual(IMPORT_TO_MAIL);
    expect(mail.attributes).toMatchObject({
      'followthrough.mail.purpose': 'digest',
      'followthrough.mail.outcome': 'accepted',
    });
    // All copies are made in it, and what was sent is shown.
    await waitFor(
      () =>
        ['process notifications', 'process portal', 'process consultations', 'process funding', 'send'].every(
          (name) => ofTrace().some((span) => span.name === name),
        ),
      PATIENCE,
    );
    // No span of the trace hangs in the air.
    await waitFor(() => ofTrace().map((span) => wayTo(span, collector.spans)[0]!.spanId), PATIENCE);
    for (const span of ofTrace()) expect(wayTo(span, collector.spans)[0]!.spanId).toBe(request.spanId);
    const services = new Set(ofTrace().map(({ service }) => service));
    if (replicas) expect([...services]).toContain('followthrough-notifications');
    else expect([...services]).toEqual(['followthrough']);
  }, 240_000);

  it('the digest is linked to the batches of facts that it tells', async () => {
    const [digest] = called(collector, 'compose digest');
    const published = called(collector, 'publish').filter(({ traceId }) => traceId === digest!.traceId);
    const links = digest!.links.map(({ spanId }) => spanId);
    expect(links.length).toBeGreaterThanOrEqual(3);
    expect(published.map(({ spanId }) => spanId)).toEqual(expect.arrayContaining(links));
  });

  it('a trace that its caller does not record is not recorded, one that he began goes on', async () => {
    const quiet = `00-${'9'.repeat(32)}-${'8'.repeat(16)}-00`;
    const begun = `00-${'7'.repeat(32)}-${'6'.repeat(16)}-01`;
    const list = '/api/recommendations/v1/recommendations?text=secret-word';
    await operator.send('GET', list, undefined, { traceparent: quiet });
    await operator.send('GET', list, undefined, { traceparent: begun });
    const span = await waitFor(
      () => collector.spans.find(({ traceId }) => traceId === '7'.repeat(32)),
      PATIENCE,
    );
    expect(span).toMatchObject({
      parentSpanId: '6'.repeat(16),
      name: 'GET /api/recommendations/v1/recommendations',
    });
    expect(collector.spans.filter(({ traceId }) => traceId === '9'.repeat(32))).toEqual([]);
  });

  it('lines of the log bear the trace', async () => {
    const [request] = called(collector, IMPORT_TO_MAIL[0]!);
    await waitFor(() => installation.output().includes(`"trace_id":"${request!.traceId}"`), PATIENCE);
  });

  it('no span tells of a person, a text or a file', () => {
    const sent = collector.bodies.join('\n');
    for (const word of ['example.org', 'secret-word', 'clean rivers', 'export.csv', 'follow/confirm?'])
      expect(sent).not.toContain(word);
  });

  it('goes on, and stops, without its collector', async () => {
    await collector.stop();
    expect((await operator.get('/api/recommendations/v1/recommendations')).status).toBe(200);
    const began = performance.now();
    expect(await installation.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 60_000);
}

describe('traces of one process', () => tracesAreWhole(undefined));

describeUnless(kafkaMissing() ?? redisMissing())('traces over Kafka, Redis and ten processes', () =>
  tracesAreWhole(2),
);

it('without a collector nothing of the SDK is loaded', () => {
  const host = join(__dirname, '..', '..', 'host', 'dist');
  const program = `
    require('reflect-metadata');
    require(${JSON.stringify(join(host, 'platform.js'))});
    require(${JSON.stringify(join(host, 'service-process.js'))});
    const { startTraces } = require(${JSON.stringify(join(host, 'traces.js'))});
    const sdk = () => Object.keys(require.cache).some((path) => /opentelemetry.(sdk|exporter|otlp)/.test(path));
    startTraces({ traces: false }, 'x', console);
    const before = sdk();
    startTraces({ traces: true }, 'x', console);
    console.log(before, sdk());`;
  const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  expect(stdout.trim()).toBe('false true');
});
