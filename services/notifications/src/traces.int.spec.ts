import { createHash } from 'node:crypto';
import { METRICS, recordSpansBy } from '@followthrough/service-kit';
import { spanLog } from '@followthrough/testing';
import type { Registry } from 'prom-client';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { MailServerUnderTest } from './testing/mail-server';
import { aRecommendation, NotificationsUnderTest, received, recorded } from './testing/notifications';

const traceparent = (trace: string, flags = '01') => `00-${trace.repeat(32)}-${'1'.repeat(16)}-${flags}`;
const DAY = 24 * 60 * 60 * 1000;

describe('what is seen of mails', () => {
  let smtp: MailServerUnderTest;
  let service: NotificationsUnderTest;
  let spans: ReturnType<typeof spanLog>;

  beforeEach(async () => {
    smtp = await MailServerUnderTest.start();
    service = await NotificationsUnderTest.start({ smtpUrl: smtp.url });
    spans = spanLog();
    recordSpansBy(spans.startSpan);
  });

  afterEach(async () => {
    recordSpansBy(null);
    await service.stop();
    await smtp.stop();
  });

  async function aFollower(cadence: 'immediate' | 'daily'): Promise<void> {
    const id = uuidv4();
    const member = {
      memberId: id,
      organisationId: uuidv7(),
      roles: [],
      states: [],
      locale: 'en',
      timeZone: '',
      demo: false,
    };
    await service.receive(received('portal.v1.MemberJoined', id, { member }));
    const address = 'a@example.org';
    const digest = createHash('sha256').update(address).digest('hex');
    const attestation = JSON.stringify({ sub: id, address_sha256: digest });
    await service.http('PUT', '/me', { as: id, body: { address, attestation } });
    await service.http('POST', '/subscriptions', { as: id, body: { filter: {}, cadence } });
  }

  const news = (of: string | null) => recorded(aRecommendation(), {}, { traceparent: of });
  const called = (name: string) => spans.ended.filter((span) => span.name === name);
  const metric = async (line: string) =>
    (await service.get<Registry>(METRICS as never).metrics()).split('\n').find((one) => one.startsWith(line));

  it('an instant mail is of the trace of its fact, though no hint told of it', async () => {
    await aFollower('immediate');
    await service.receive(news(traceparent('a')));
    await service.work();
    const [digest] = called('compose digest');
    expect(digest).toMatchObject({ parent: traceparent('a'), links: [traceparent('a')] });
    expect(called('send mail')).toMatchObject([{ parent: digest!.traceparent, kind: 'client' }]);
  });

  it('a daily digest begins a trace of its own, with links to the traces of its facts', async () => {
    await aFollower('daily');
    await service.receive(news(traceparent('a')), news(traceparent('b')));
    await service.receive(news(traceparent('c', '00')), news(null));
    service.clock.advance(2 * DAY);
    await service.work();
    const [digest] = called('compose digest');
    expect(digest).toMatchObject({ parent: null, attributes: { 'followthrough.digest.kind': 'daily' } });
    expect([...digest!.links].sort()).toEqual([traceparent('a'), traceparent('b')]);
    expect(called('send mail')).toMatchObject([{ parent: digest!.traceparent }]);
  });

  it('links to no more than 32 of many', async () => {
    await aFollower('daily');
    const facts = Array.from({ length: 50 }, (_, n) =>
      news(`00-${(n + 1).toString(16).padStart(32, '0')}-${'1'.repeat(16)}-01`),
    );
    await service.receive(...facts);
    service.clock.advance(2 * DAY);
    await service.work();
    expect(called('compose digest')[0]!.links).toHaveLength(32);
  });

  it('each attempt of a mail is in its trace, says what came of it, and is counted', async () => {
    await aFollower('immediate');
    smtp.answer = () => ({ code: 451, text: 'Not now, a@example.org' });
    await service.receive(news(traceparent('a')));
    await service.work();
    smtp.answer = () => null;
    service.clock.advance(60 * 60 * 1000);
    await service.work();
    const attempts = called('send mail').map(({ attributes, traceparent: own }) => [
      own.slice(3, 35),
      attributes['followthrough.mail.attempt'],
      attributes['followthrough.mail.outcome'],
    ]);
    expect(attempts).toEqual([
      ['a'.repeat(32), 1, 'transient'],
      ['a'.repeat(32), 2, 'accepted'],
    ]);
    expect(JSON.stringify(spans.ended)).not.toContain('example.org');
    const counted = 'followthrough_delivery_attempts_total{purpose="digest",outcome=';
    expect(await metric(`${counted}"transient"`)).toMatch(/ 1$/);
    expect(await metric(`${counted}"accepted"`)).toMatch(/ 1$/);
    expect(await metric(`${counted}"permanent"`)).toMatch(/ 0$/);
    expect(await metric('followthrough_deliveries_total{purpose="digest",outcome="accepted"')).toMatch(/ 1$/);
  });

  it('nothing is kept of traces that nobody records', async () => {
    recordSpansBy(null);
    await aFollower('immediate');
    await service.receive(news(traceparent('a')));
    await service.work();
    const kept = await service.database.query(
      'select traceparent from notice union all select traceparent from delivery',
    );
    expect(kept).toEqual([{ traceparent: null }, { traceparent: null }]);
  });
});
