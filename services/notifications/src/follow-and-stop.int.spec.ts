import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { Vault } from './outbound/vault';
import { MailServerUnderTest } from './testing/mail-server';
import { aRecommendation, NotificationsUnderTest, received, recorded } from './testing/notifications';

describe('following and stopping', () => {
  let smtp: MailServerUnderTest;
  let service: NotificationsUnderTest;

  beforeAll(async () => {
    smtp = await MailServerUnderTest.start();
    service = await NotificationsUnderTest.start({ smtpUrl: smtp.url });
  });

  afterEach(async () => {
    smtp.received.length = 0;
    service.clock.advance(48 * 3_600_000);
    await service.database.query('delete from recipient');
    await service.database.query('delete from follow_request');
  });

  afterAll(async () => {
    await service.stop();
    await smtp.stop();
  });

  const linkIn = (text: string | undefined, path: string): string => {
    const found = new RegExp(`https://followthrough\\.example(${path}\\S*)`).exec(text ?? '')?.[1];
    if (!found) throw new Error(`No link ${path} in ${text}`);
    return found;
  };
  const tokenIn = (text: string | undefined): string =>
    new URL(linkIn(text, '/follow/confirm'), 'https://a.org').searchParams.get('token') ?? '';

  /** Follows without an account, through the mail that asks. */
  async function aFollower(
    email: string,
    body: object = { filter: { stateUnderReview: ['SVN'] } },
  ): Promise<void> {
    expect((await service.http('POST', '/follow', { body: { email, ...body } })).status).toBe(202);
    await service.work();
    const token = tokenIn(smtp.to(email).at(-1)?.parsed.text);
    expect((await service.http('POST', '/follow/confirm', { body: { token } })).status).toBe(200);
  }

  it('asks the address, tells nothing before it agrees, and confirms once or twice', async () => {
    const body = { email: 'Reader@Example.org', filter: { stateUnderReview: ['SVN'] }, locale: 'fr' };
    const answer = await service.http('POST', '/follow', { body });
    await service.work();
    await service.receive(recorded(aRecommendation()));
    await service.work();
    const [asked] = smtp.received;
    expect(asked?.parsed.subject).toBe('À confirmer : suivre des recommandations');
    expect(asked?.parsed.text).toContain('État examiné: Slovénie');
    expect(asked?.head).not.toContain('List-Unsubscribe');
    const token = tokenIn(asked?.parsed.text);
    for (let time = 0; time < 2; time++) {
      const confirmed = await service.http('POST', '/follow/confirm', { body: { token } });
      expect([confirmed.status, confirmed.json]).toEqual([200, { filter: { stateUnderReview: ['SVN'] } }]);
    }
    await service.receive(recorded(aRecommendation()));
    await service.work();
    expect(smtp.received.map(({ parsed }) => parsed.subject)).toEqual([
      'À confirmer : suivre des recommandations',
      '1 recommandation que vous suivez : Slovénie',
    ]);
    // The same answer for an address that is known by now, in another spelling.
    const again = await service.http('POST', '/follow', { body: { ...body, email: 'reader@EXAMPLE.org' } });
    expect([again.status, again.json]).toEqual([answer.status, answer.json]);
    await service.work();
    const second = tokenIn(smtp.received.at(-1)?.parsed.text);
    await service.http('POST', '/follow/confirm', { body: { token: second } });
    expect(await service.database.query('select from recipient')).toHaveLength(1);
    expect(await service.database.query('select from subscription')).toHaveLength(1);
  });

  it('sends no more than three questions a day to an address, with the same answer, and bounds machines', async () => {
    const answers = [];
    for (let asked = 0; asked < 20; asked++) {
      const email = asked < 6 ? 'victim@example.org' : `someone${asked}@example.org`;
      answers.push(await service.http('POST', '/follow', { body: { email, filter: {} } }));
    }
    await service.work();
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(smtp.to('victim@example.org')).toHaveLength(3);
    const refused = await service.http('POST', '/follow', {
      body: { email: 'more@example.org', filter: {} },
    });
    expect([refused.status, refused.json.type ?? refused.json.slug]).toEqual([
      429,
      expect.stringContaining('too-many'),
    ]);
  });

  it.each(['a@b.org\r\nBcc: x@y.org', 'a@b.org,x@y.org', '"x@y.org"@b.org', 'nobody', ''])(
    'refuses %j as an address',
    async (email) => {
      expect((await service.http('POST', '/follow', { body: { email, filter: {} } })).status).toBe(400);
    },
  );

  it('refuses links that are not its own, or too old', async () => {
    for (const token of ['', 'x', new Vault(Buffer.alloc(32, 9)).token('confirm-follow', uuidv4())]) {
      expect((await service.http('POST', '/follow/confirm', { body: { token } })).status).toBe(404);
    }
    await service.http('POST', '/follow', { body: { email: 'late@example.org', filter: {} } });
    await service.work();
    const token = tokenIn(smtp.received[0]?.parsed.text);
    service.clock.advance(8 * 86_400_000);
    expect((await service.http('POST', '/follow/confirm', { body: { token } })).status).toBe(404);
  });

  it('stops by one click: header, POST without cookies, 200 whatever the link; opening it changes nothing', async () => {
    await aFollower('reader@example.org');
    await service.receive(recorded(aRecommendation()));
    await service.work();
    const { head } = smtp.received.at(-1)!;
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const url =
      /List-Unsubscribe: <https:\/\/followthrough\.example\/api\/notifications\/v1([^>]+)>/.exec(head)?.[1] ??
      '';
    const page = await service.http('GET', url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<form method="post"><button>Stop</button></form>');
    expect(page.text).not.toMatch(/<script|src=/);
    expect(await service.database.query(`select from subscription where state = 'active'`)).toHaveLength(1);
    for (let time = 0; time < 2; time++) {
      const stopped = await service.http('POST', url, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect([stopped.status, stopped.headers.get('set-cookie')]).toEqual([200, null]);
    }
    expect(await service.database.query(`select from subscription where state = 'active'`)).toHaveLength(0);
    await service.receive(recorded(aRecommendation()));
    await service.work();
    expect(smtp.received).toHaveLength(2);
    for (const junk of ['x', 'a'.repeat(44), '%00', '..%2F..']) {
      expect((await service.http('POST', `/unsubscribe/${junk}`)).status).toBe(200);
      expect((await service.http('GET', `/unsubscribe/${junk}`)).status).toBe(200);
    }
  });

  it('stops a single subscription by its own link, and keeps the inbox of a member', async () => {
    const id = uuidv4();
    const put = (body: object) => service.http('PUT', '/me', { as: id, body });
    await put({ address: 'member@example.org' });
    await service.work();
    const verify = new URL(linkIn(smtp.received[0]?.parsed.text, '/subscriptions'), 'https://a.org')
      .searchParams;
    const stranger = await service.http('POST', '/me/address/verify', {
      as: uuidv4(),
      body: { token: verify.get('verify') },
    });
    expect(stranger.status).toBe(404);
    for (let time = 0; time < 2; time++) {
      const proven = await service.http('POST', '/me/address/verify', {
        as: id,
        body: { token: verify.get('verify') },
      });
      expect(proven.json.address).toEqual({ value: 'member@example.org', state: 'verified' });
    }
    for (const filter of [{ stateUnderReview: ['SVN'] }, { theme: ['equality'] }]) {
      await service.http('POST', '/subscriptions', { as: id, body: { filter } });
    }
    await service.receive(recorded(aRecommendation()));
    await service.work();
    const text = smtp.received.at(-1)?.parsed.text ?? '';
    const [, one] =
      /Stop following: State under review: Slovenia: https:\/\/[^/]+\/api\/notifications\/v1(\S+)/.exec(
        text,
      ) ?? [];
    await service.http('POST', one ?? '');
    const left = await service.http('GET', '/subscriptions', { as: id });
    expect(left.json.subscriptions.map(({ filter }: { filter: object }) => filter)).toEqual([
      { theme: ['equality'] },
    ]);
    const [, all] =
      /List-Unsubscribe: <https:\/\/[^/]+\/api\/notifications\/v1([^>]+)>/.exec(
        smtp.received.at(-1)?.head ?? '',
      ) ?? [];
    await service.http('POST', all ?? '');
    expect((await service.http('GET', '/subscriptions', { as: id })).json.subscriptions).toMatchObject([
      { channels: ['inbox'] },
    ]);
    await service.receive(recorded(aRecommendation()));
    await service.work();
    expect(smtp.received).toHaveLength(2);
    expect((await service.http('GET', '/inbox', { as: id })).json.total).toBe(2);
  });

  it('gives what an address followed to the member who proves it, and not to a second one', async () => {
    await aFollower('shared@example.org');
    const [id, second] = [uuidv4(), uuidv4()];
    const body = (member: string) => ({
      address: 'shared@example.org',
      attestation: JSON.stringify({
        sub: member,
        address_sha256: 'd5c9d9c5b4e0b5c4d5a3b3f6b2b4b5d7d4f6d3e2f1a0b9c8d7e6f5a4b3c2d1e0',
      }),
    });
    await service.http('PUT', '/me', { as: id, body: body(id) });
    await service.work();
    const token = new URL(
      linkIn(smtp.received.at(-1)?.parsed.text, '/subscriptions'),
      'https://a.org',
    ).searchParams.get('verify');
    await service.http('POST', '/me/address/verify', { as: id, body: { token } });
    expect((await service.http('GET', '/subscriptions', { as: id })).json.subscriptions).toMatchObject([
      { filter: { stateUnderReview: ['SVN'] }, channels: ['inbox', 'email'] },
    ]);
    await service.receive(recorded(aRecommendation()));
    await service.work();
    expect(smtp.received.filter(({ parsed }) => parsed.subject?.startsWith('1 recommendation'))).toHaveLength(
      1,
    );
    await service.http('PUT', '/me', { as: second, body: { address: 'shared@example.org' } });
    await service.work();
    const other = new URL(
      linkIn(smtp.received.at(-1)?.parsed.text, '/subscriptions'),
      'https://a.org',
    ).searchParams.get('verify');
    expect(
      (await service.http('POST', '/me/address/verify', { as: second, body: { token: other } })).status,
    ).toBe(409);
  });

  it('keeps no address in clear, in any table', async () => {
    await aFollower('taint-canary@example.org');
    await service.receive(recorded(aRecommendation()));
    await service.work();
    const tables = await service.database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables) {
      const rows = await service.database.query(`select from ${name} t where t::text ilike '%taint-canary%'`);
      expect([name, rows.length]).toEqual([name, 0]);
    }
  });

  it('tells how much a filter would bring before anything is saved', async () => {
    const theme = `theme-${uuidv7()}`;
    const news = { occurredAt: service.clock.now() };
    for (let n = 0; n < 12; n++)
      await service.receive(recorded(aRecommendation({ themes: [theme] }), {}, news));
    const preview = await service.http('POST', '/subscriptions/preview', {
      body: { filter: { theme: [theme] } },
    });
    expect(preview.json).toMatchObject({ matching: 12, perWeek: 1 });
    expect(preview.json.examples).toHaveLength(5);
    const wrong = await service.http('POST', '/subscriptions/preview', {
      body: { filter: { themes: [theme] } },
    });
    expect(wrong.status).toBe(400);
  });

  it('is a member’s own: another’s subscription, notice or log is not found', async () => {
    const [mine, yours] = [uuidv4(), uuidv4()];
    const started = await service.http('POST', '/subscriptions', {
      as: mine,
      body: { filter: {}, channels: ['inbox'] },
    });
    await service.receive(recorded(aRecommendation()));
    const [notice] = (await service.http('GET', '/inbox', { as: mine })).json.notices;
    expect(notice).toMatchObject({
      kind: 'recorded',
      text: 'Guarantee equality before the law',
      readAt: null,
    });
    await service.http('POST', `/inbox/${notice.id}/read`, { as: yours });
    await service.http('DELETE', `/subscriptions/${started.json.id}`, { as: yours });
    expect(
      (
        await service.http('PATCH', `/subscriptions/${started.json.id}`, {
          as: yours,
          body: { cadence: 'daily' },
        })
      ).status,
    ).toBe(404);
    expect((await service.http('GET', '/inbox', { as: mine })).json).toMatchObject({ unread: 1, total: 1 });
    expect((await service.http('GET', '/inbox', { as: yours })).json).toMatchObject({ unread: 0, total: 0 });
    await service.http('POST', '/inbox/read-all', { as: mine });
    expect((await service.http('GET', '/inbox', { as: mine })).json.unread).toBe(0);
    const paused = await service.http('PATCH', `/subscriptions/${started.json.id}`, {
      as: mine,
      body: { state: 'paused' },
    });
    expect(paused.json.state).toBe('paused');
    await service.receive(recorded(aRecommendation()));
    expect((await service.http('GET', '/inbox', { as: mine })).json.total).toBe(1);
    expect((await service.http('GET', '/inbox', { as: 'service' })).status).toBe(403);
    expect((await service.http('GET', '/inbox')).status).toBe(401);
  });

  it('does not make a member anew who is gone', async () => {
    const id = uuidv4();
    await service.receive(received('portal.v1.MemberErased', id, { memberId: id }));
    expect((await service.http('PUT', '/me', { as: id, body: { locale: 'fr' } })).status).toBe(404);
    expect((await service.http('POST', '/subscriptions', { as: id, body: { filter: {} } })).status).toBe(404);
  });
});
