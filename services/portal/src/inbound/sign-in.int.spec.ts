import { setupLink } from '../index';
import { csrfOf, PASSWORD, setUp, signIn, startPortal, type RunningPortal } from '../testing/start-portal';
import { hiddenField } from '../testing/browser';

const session = async (browser: { call(method: string, path: string): Promise<{ text: string }> }) =>
  JSON.parse((await browser.call('GET', '/api/portal/v1/session')).text) as {
    member: { name: string; organisation: string; permissions: string[] } | null;
    csrfToken: string;
    instance: { needsSetup: boolean; empty: boolean };
  };

describe('signing in at the built-in provider', () => {
  let portal: RunningPortal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  it('knows nobody at first, and offers set-up', async () => {
    const { member, csrfToken, instance } = await session(portal.browser());
    expect(member).toBeNull();
    expect(csrfToken).toBe('');
    expect(instance).toMatchObject({ needsSetup: true, empty: true });
  });

  it('makes the administrator by the link of the start, once', async () => {
    const first = await setupLink(portal.app);
    const second = await setupLink(portal.app);
    const token = (link: string | null) => new URL(link!).searchParams.get('token')!;
    expect(token(first)).not.toBe(token(second));
    expect((await portal.browser().get(`/setup?token=${token(first)}`)).status).toBe(403);
    expect((await portal.browser().get(`/setup?token=${token(second)}`)).status).toBe(200);

    const browser = await setUp(portal);
    const { member, instance } = await session(browser);
    expect(member).toMatchObject({ name: 'Ada Ministry', organisation: 'Ministry of Justice' });
    expect(member!.permissions).toContain('directory.write');
    expect(instance.needsSetup).toBe(false);
    expect(await setupLink(portal.app)).toBeNull();
    const again = await portal.browser().post('/setup', { token: token(second), name: 'X' });
    expect(again.status).toBe(403);
  });

  it('goes the whole way by code flow with PKCE and comes back to where one was', async () => {
    const browser = portal.browser();
    const begun = await browser.get('/sign-in?returnTo=/recommendations%3Fposition%3Dnoted&lang=fr');
    const asked = new URL(begun.location!);
    expect(asked.pathname).toBe('/oidc/auth');
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    expect(asked.searchParams.get('ui_locales')).toBe('fr');
    const form = await browser.follow(begun);
    expect(form.text).toContain('<html lang="fr" dir="ltr">');
    const answer = await browser.post(new URL(form.url).pathname, {
      csrf: hiddenField(form.text, 'csrf'),
      email: 'ADA@ministry.example',
      password: PASSWORD,
    });
    expect(answer.status).toBe(303);
    let last = answer;
    while (last.location && !last.location.startsWith('/')) last = await browser.get(last.location);
    expect(last.location).toContain('/sign-in/welcome?returnTo=%2Frecommendations%3Fposition%3Dnoted');
    expect((await session(browser)).member?.name).toBe('Ada Ministry');
  });

  it('hands address and language over once, then goes straight on', async () => {
    const browser = portal.browser();
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    const repeated = await browser.get('/sign-in/welcome?returnTo=/inbox');
    expect(repeated).toMatchObject({ status: 303, location: '/inbox' });
  });

  it('says no to a wrong password and an unknown address in the same words', async () => {
    const wrong = await signIn(portal.browser(), 'ada@ministry.example', 'not the password');
    const unknown = await signIn(portal.browser(), 'nobody@ministry.example', 'not the password');
    const said = (page: string) => /role="alert">([^<]+)/.exec(page)?.[1];
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(said(wrong.text)).toBe('Address or password is wrong.');
    expect(said(unknown.text)).toBe(said(wrong.text));
  });

  it('gives a new session at each sign-in, whatever cookie the browser was made to bring', async () => {
    const browser = portal.browser();
    const name = `ft_session_${new URL(portal.url).port}`;
    browser.cookies.set(name, { value: 'planted-by-somebody-else', path: '/' });
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    const value = browser.cookies.get(name)!.value;
    expect(value).not.toBe('planted-by-somebody-else');
    const thief = portal.browser();
    thief.cookies.set(name, { value: 'planted-by-somebody-else', path: '/' });
    expect((await session(thief)).member).toBeNull();

    await browser.follow(await browser.post('/sign-out', { csrf: await csrfOf(browser) }));
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    expect(browser.cookies.get(name)!.value).not.toBe(value);
  });

  it('keeps no cookie in the database', async () => {
    const browser = portal.browser();
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    const cookie = browser.cookies.get(`ft_session_${new URL(portal.url).port}`)!.value;
    const rows = await portal.database.query(
      `select count(*)::int as count from directory.session where encode(cookie_sha256, 'escape') like '%' || $1 || '%'`,
      [cookie.slice(0, 12)],
    );
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('ends the session on sign-out, there and here', async () => {
    const browser = portal.browser();
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    const name = `ft_session_${new URL(portal.url).port}`;
    const { value, path } = browser.cookies.get(name)!;
    const refused = await browser.post('/sign-out', { csrf: 'no' });
    expect(refused.status).toBe(403);
    const answer = await browser.call('POST', '/sign-out', undefined, {
      'x-csrf-token': await csrfOf(browser),
    });
    expect(JSON.parse(answer.text)).toEqual({ location: '/' });
    expect(browser.cookies.has(name)).toBe(false);
    browser.cookies.set(name, { value, path });
    expect((await session(browser)).member).toBeNull();
  });

  it('asks for the password again after a sign-out', async () => {
    const browser = portal.browser();
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    await browser.post('/sign-out', { csrf: await csrfOf(browser) });
    const form = await browser.follow(await browser.get('/sign-in'));
    expect(new URL(form.url).pathname).toMatch(/^\/sign-in\/form\//);
  });

  it('refuses a form without its token, from elsewhere, or of another browser', async () => {
    const browser = portal.browser();
    const form = await browser.follow(await browser.get('/sign-in'));
    const path = new URL(form.url).pathname;
    const fields = { email: 'ada@ministry.example', password: PASSWORD };
    expect((await browser.post(path, fields)).status).toBe(403);
    const csrf = hiddenField(form.text, 'csrf');
    expect((await browser.post(path, { ...fields, csrf }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await browser.post(path, { ...fields, csrf }, { 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
    expect((await portal.browser().post(path, { ...fields, csrf })).status).toBe(400);
  });

  it('refuses an answer of the provider that this browser did not ask for', async () => {
    const browser = portal.browser();
    const form = await browser.follow(await browser.get('/sign-in'));
    let last = await browser.post(new URL(form.url).pathname, {
      csrf: hiddenField(form.text, 'csrf'),
      email: 'ada@ministry.example',
      password: PASSWORD,
    });
    while (!last.location!.includes('/sign-in/callback')) last = await browser.get(last.location!);
    const victim = portal.browser();
    const forced = await victim.get(last.location!);
    expect(forced.status).toBe(400);
    expect(victim.cookies.has(`ft_session_${new URL(portal.url).port}`)).toBe(false);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/sign-out', 'javascript:alert(1)'])(
    'never leads to %s',
    async (returnTo) => {
      const browser = portal.browser();
      await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
      const answer = await browser.get(`/sign-in?${new URLSearchParams({ returnTo }).toString()}`);
      expect(answer).toMatchObject({ status: 303, location: '/' });
    },
  );

  it('makes those wait who guess, and the owner not for long', async () => {
    const browser = portal.browser();
    const guess = () => signIn(browser, 'target@ministry.example', 'a guess that is wrong');
    for (let tries = 0; tries < 6; tries += 1) expect((await guess()).status).toBe(401);
    const blocked = await guess();
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(10);
    portal.clock.advance(16_000);
    expect((await guess()).status).toBe(401);
  });

  it('ends a session that nobody used for four hours, and any after a day', async () => {
    const browser = portal.browser();
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    for (let hour = 0; hour < 7; hour += 1) {
      portal.clock.advance(3 * 3600_000);
      expect((await session(browser)).member).not.toBeNull();
    }
    portal.clock.advance(3 * 3600_000 + 1000);
    expect((await session(browser)).member).toBeNull();

    const idle = portal.browser();
    await idle.follow(await signIn(idle, 'ada@ministry.example', PASSWORD));
    portal.clock.advance(4 * 3600_000 + 1000);
    expect((await session(idle)).member).toBeNull();
  });

  it('speaks Arabic from right to left', async () => {
    const form = await portal.browser({ 'accept-language': 'ar-EG, en;q=0.5' }).get('/password/forgot');
    expect(form.text).toContain('<html lang="ar" dir="rtl">');
  });
});
