import { writeXlsx } from 'hucre/xlsx';
import { csrfOf, PASSWORD, setUp, signIn, startPortal, type RunningPortal } from '../testing/start-portal';
import { hiddenField, type Browser } from '../testing/browser';

describe('invitations', () => {
  let portal: RunningPortal;
  let ada: Browser;
  let organisationId: string;

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await ada.call(method, `/api/portal/v1${path}`, body, {
      'x-csrf-token': await csrfOf(ada),
    });
    return { status: answer.status, body: answer.text ? JSON.parse(answer.text) : null };
  };
  const invite = (email: string, given: object = {}) =>
    call('POST', '/invitations', {
      invitations: [
        {
          email,
          name: 'Boris',
          organisationId,
          roles: ['focal-point'],
          states: ['SVN'],
          locale: 'fr',
          ...given,
        },
      ],
    });
  const linkIn = (text: string) => /https?:\/\/\S+/.exec(text)![0].replace(/[)>.]*$/, '');
  const lastLink = () => new URL(linkIn(portal.mails.at(-1)!.text));
  const events = (type: string) =>
    portal.database.query(
      'select payload::jsonb as data, version from outbox where type = $1 order by sequence',
      [`portal.v1.${type}`],
    );

  beforeAll(async () => {
    portal = await startPortal();
    ada = await setUp(portal);
    const made = await call('POST', '/organisations', {
      name: 'NHRI of Slovenia',
      class: 'nhri',
      states: ['SVN'],
    });
    organisationId = made.body.id;
  });
  afterAll(() => portal.stop());

  it('are mailed in the language of the invited, accepted with a password, and lead in', async () => {
    expect(await invite('Boris@nhri.example')).toMatchObject({
      status: 201,
      body: { invitations: [{ state: 'sent' }] },
    });
    await portal.sendMails();
    const mail = portal.mails.at(-1)!;
    expect(mail).toMatchObject({ to: 'Boris@nhri.example', language: 'fr' });
    expect(mail.text).toContain('NHRI of Slovenia');
    const link = lastLink();
    expect(link.origin).toBe(portal.url);

    const boris = portal.browser();
    const page = await boris.get(link.href);
    expect(page.text).toContain('<html lang="fr"');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const fields = {
      token: hiddenField(page.text, 'token'),
      name: 'Boris Novak',
      timeZone: 'Europe/Ljubljana',
    };
    const weak = await boris.post('/invitation', { ...fields, password: 'short', passwordAgain: 'short' });
    expect(weak.status).toBe(422);
    const accepted = await boris.post('/invitation', {
      ...fields,
      password: PASSWORD,
      passwordAgain: PASSWORD,
    });
    expect(accepted.status).toBe(303);
    const welcome = await boris.follow(accepted);
    const handed = /data-hand-over="([^"]+)"/.exec(welcome.text)![1]!.replaceAll('&quot;', '"');
    expect(JSON.parse(handed)).toMatchObject({
      locale: 'fr',
      address: 'Boris@nhri.example',
      attestation: expect.stringMatching(/^ey/),
    });

    const again = await portal
      .browser()
      .post('/invitation', { ...fields, password: PASSWORD, passwordAgain: PASSWORD });
    expect(again.status).toBe(403);
    expect((await signIn(portal.browser(), 'boris@NHRI.example', PASSWORD)).status).toBe(303);
    const { member } = JSON.parse((await boris.call('GET', '/api/portal/v1/session')).text);
    expect(member).toMatchObject({ name: 'Boris Novak', roles: ['focal-point'], states: ['SVN'] });
  });

  it('say in the event for whom one acts, and never who one is', async () => {
    const [, joined] = await events('MemberJoined');
    expect(joined.data).toEqual({
      member: {
        memberId: expect.any(String),
        organisationId,
        roles: ['focal-point'],
        states: ['SVN'],
        locale: 'fr',
        timeZone: 'Europe/Ljubljana',
      },
    });
    const all = await portal.database.query('select string_agg(payload, chr(10)) as said from outbox');
    expect(all[0].said).not.toMatch(/Boris|Ada|example/i);
  });

  it('leave neither address nor secret behind once they are settled', async () => {
    expect(
      await portal.database.query(
        `select address, address_key from directory.invitation where state <> 'open'`,
      ),
    ).toEqual([{ address: null, address_key: null }]);
    expect(await portal.database.query('select content_sealed from directory.account_mail')).toEqual([
      { content_sealed: null },
    ]);
  });

  it('replace one another: the newest link counts, and a mail not yet sent is not sent', async () => {
    await invite('carla@nhri.example');
    await invite('carla@nhri.example');
    const before = portal.mails.length;
    await portal.sendMails();
    expect(portal.mails.length).toBe(before + 1);
    const first = lastLink();
    const [open] = (await call('GET', '/invitations')).body.invitations as { id: string; email: string }[];
    expect(open!.email).toBe('carla@nhri.example');
    await call('POST', `/invitations/${open!.id}/send-again`);
    await portal.sendMails();
    expect((await portal.browser().get(first.href)).status).toBe(403);
    const second = lastLink();
    expect((await portal.browser().get(second.href)).status).toBe(200);
    const [newest] = (await call('GET', '/invitations')).body.invitations as { id: string }[];
    expect((await call('DELETE', `/invitations/${newest!.id}`)).status).toBe(204);
    expect((await portal.browser().get(second.href)).status).toBe(403);
    expect((await call('GET', '/invitations')).body.invitations).toEqual([]);
  });

  it('end after fourteen days', async () => {
    await invite('dana@nhri.example');
    await portal.sendMails();
    const link = lastLink();
    portal.clock.advance(13 * 24 * 3600_000);
    expect((await portal.browser().get(link.href)).status).toBe(200);
    portal.clock.advance(24 * 3600_000 + 1000);
    expect((await portal.browser().get(link.href)).status).toBe(403);
    ada = portal.browser();
    await ada.follow(await signIn(ada, 'ada@ministry.example', PASSWORD));
    expect((await call('GET', '/invitations')).body.invitations).toMatchObject([{ state: 'expired' }]);
  });

  it('refuse what cannot be an invitation', async () => {
    expect((await invite('not an address')).body.detail).toContain('is not an e-mail address');
    expect((await invite('a@b.example\r\nBcc: x@y.example')).status).toBe(400);
    expect((await invite('ada@ministry.example')).status).toBe(409);
    expect((await invite('x@demo.invalid')).status).toBe(400);
    expect((await invite('e@f.example', { roles: ['king'] })).status).toBe(400);
    expect(
      (await invite('e@f.example', { organisationId: '0190a000-0000-7000-8000-000000000000' })).status,
    ).toBe(400);
  });

  it('are sent again under the same Message-ID after a failure that may pass, and never after one for good', async () => {
    portal.outcome.of = () => ({ kind: 'transient', code: '4.2.0', reason: 'busy', scope: 'server' });
    await invite('egon@nhri.example');
    await portal.sendMails();
    const { id } = portal.mails.at(-1)!;
    await portal.sendMails();
    expect(portal.mails.filter((mail) => mail.id === id)).toHaveLength(1);
    portal.clock.advance(31_000);
    portal.outcome.of = () => ({ kind: 'accepted', code: '250', response: '250 ok' });
    await portal.sendMails();
    await portal.sendMails();
    expect(portal.mails.filter((mail) => mail.id === id)).toHaveLength(2);

    portal.outcome.of = () => ({
      kind: 'permanent',
      code: '5.1.1',
      reason: 'no such user',
      scope: 'address',
    });
    await invite('filip@nhri.example');
    await portal.sendMails();
    portal.outcome.of = () => ({ kind: 'accepted', code: '250', response: '250 ok' });
    portal.clock.advance(3600_000);
    const sent = portal.mails.length;
    await portal.sendMails();
    expect(portal.mails).toHaveLength(sent);
    const { invitations } = (await call('GET', '/invitations')).body as {
      invitations: { email: string; state: string }[];
    };
    expect(invitations.find(({ email }) => email === 'filip@nhri.example')?.state).toBe('bounced');
  });

  it('are sent three times at most where the mail server never says what became of them', async () => {
    portal.outcome.of = () => ({ kind: 'ambiguous', code: 'ETIMEDOUT', reason: 'silence', scope: 'server' });
    await invite('olga@nhri.example');
    for (let times = 0; times < 6; times += 1) {
      await portal.sendMails();
      portal.clock.advance(600_000);
    }
    portal.outcome.of = () => ({ kind: 'accepted', code: '250', response: '250 ok' });
    const ids = portal.mails.filter(({ to }) => to === 'olga@nhri.example').map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('are taken by one process at a time', async () => {
    await invite('greta@nhri.example');
    const sent = portal.mails.length;
    await Promise.all([portal.sendMails(), portal.sendMails(), portal.sendMails()]);
    expect(portal.mails).toHaveLength(sent + 1);
  });

  describe('from a list', () => {
    const upload = async (body: Uint8Array | string) => {
      const cookie = [...ada.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
      const response = await fetch(`${portal.url}/api/portal/v1/invitations/from-file`, {
        method: 'POST',
        body,
        headers: { cookie, 'x-csrf-token': await csrfOf(ada), 'content-type': 'application/octet-stream' },
      });
      return { status: response.status, body: (await response.json()) as any };
    };

    it('answer for each row, and a bad one stops no other', async () => {
      const { status, body } = await upload(
        [
          'E-mail;Nom;Organisation;Rôle;Pays;Langue',
          'hana@nhri.example;Hana;NHRI of Slovenia;Focal point;Slovénie;français',
          ';Nobody;NHRI of Slovenia;observer;;',
          'ivo@nhri.example;Ivo;Unknown House;observer;;',
          'jana@nhri.example;Jana;nhri of slovenia;emperor;;',
          'ada@ministry.example;Ada;NHRI of Slovenia;observer;Slovenia;',
          'kim@nhri.example;Kim;NHRI of Slovenia;observer, contributor;;ar',
        ].join('\r\n'),
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({ invited: 2, rejected: 4 });
      expect(body.rows.map(({ row, state }: any) => [row, state])).toEqual([
        [2, 'invited'],
        [3, 'rejected'],
        [4, 'rejected'],
        [5, 'rejected'],
        [6, 'rejected'],
        [7, 'invited'],
      ]);
      expect(body.rows[2].reason).toBe('There is no organisation "Unknown House".');
      expect(body.rows[3].cure).toContain('coordinator');
      const { invitations } = (await call('GET', '/invitations')).body as { invitations: any[] };
      expect(invitations.find(({ email }) => email === 'hana@nhri.example')).toMatchObject({
        roles: ['focal-point'],
        states: ['SVN'],
      });
      expect(invitations.find(({ email }) => email === 'kim@nhri.example')).toMatchObject({
        states: ['SVN'],
      });
    });

    it('may be a workbook', async () => {
      const data = [
        ['email', 'organisation', 'role'],
        ['lea@nhri.example', 'NHRI of Slovenia', 'observer'],
      ];
      const workbook = await writeXlsx({ sheets: [{ name: 'People', rows: data }] });
      expect((await upload(workbook)).body).toMatchObject({ invited: 1, rejected: 0 });
    });

    it('are refused whole where no row can be read', async () => {
      expect(await upload('name,phone\nAda,1')).toMatchObject({
        status: 422,
        body: { detail: expect.stringContaining('missing: email, organisation, roles') },
      });
      expect((await upload(Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]))).status).toBe(422);
      expect((await upload('')).status).toBe(422);
      expect((await upload(Buffer.alloc(2 * 1024 * 1024 + 1, 'a'))).status).toBe(413);
    });
  });
});
