import { csrfOf, PASSWORD, setUp, signIn, startPortal, type RunningPortal } from '../testing/start-portal';

const DEMO = '/api/portal/v1/demo';

describe('demonstration data', () => {
  let portal: RunningPortal;
  beforeEach(async () => {
    portal = await startPortal();
  });
  afterEach(() => portal.stop());

  const types = async () =>
    (await portal.database.query('select type from outbox order by sequence')).map(({ type }) =>
      (type as string).replace('portal.v1.', ''),
    );
  const load = async () => JSON.parse((await portal.browser().call('POST', DEMO)).text);

  it('may be loaded and removed by anybody on the machine of an empty installation', async () => {
    const { demoId, password, accounts } = await load();
    expect(accounts.map(({ email }: { email: string }) => email)).toEqual([
      'coordinator@demo.invalid',
      'focal-point@demo.invalid',
      'nhri@demo.invalid',
      'cso@demo.invalid',
      'donor@demo.invalid',
    ]);
    expect(await load()).toMatchObject({ demoId, password });
    expect((await types()).filter((type) => type === 'DemoDataRequested')).toHaveLength(1);

    const browser = portal.browser();
    const page = await browser.follow(await browser.get('/sign-in'));
    expect(page.text).toContain(password);
    const answer = await signIn(portal.browser(), 'coordinator@demo.invalid', password);
    expect(answer.status).toBe(303);

    expect(await portal.browser().call('DELETE', DEMO)).toMatchObject({
      status: 200,
      text: '{"removed":true}',
    });
    expect(await portal.browser().call('DELETE', DEMO)).toMatchObject({
      status: 200,
      text: '{"removed":false}',
    });
    expect((await signIn(portal.browser(), 'coordinator@demo.invalid', password)).status).toBe(401);
    expect((await types()).slice(-11)).toEqual([
      ...Array<string>(5).fill('MemberErased'),
      ...Array<string>(5).fill('OrganisationRemoved'),
      'DemoDataRemoved',
    ]);
    expect(await portal.database.query('select from directory.member')).toEqual([]);
    const fresh = portal.browser();
    expect((await fresh.follow(await fresh.get('/sign-in'))).text).not.toContain('demo.invalid');
  });

  it('is for administrators once there are accounts', async () => {
    const ada = await setUp(portal);
    expect((await portal.browser().call('POST', DEMO)).status).toBe(401);
    const csrf = { 'x-csrf-token': await csrfOf(ada) };
    expect((await ada.call('POST', DEMO, undefined, csrf)).status).toBe(200);
    expect(await portal.database.query('select distinct states from directory.member where demo')).toEqual([
      { states: ['XTM'] },
    ]);
    expect((await portal.browser().call('DELETE', DEMO)).status).toBe(401);
    const { password } = JSON.parse((await ada.call('POST', DEMO, undefined, csrf)).text) as {
      password: string;
    };
    const coordinator = portal.browser();
    await coordinator.follow(await signIn(coordinator, 'coordinator@demo.invalid', password));
    const forbidden = await coordinator.call('DELETE', DEMO, undefined, {
      'x-csrf-token': await csrfOf(coordinator),
    });
    expect(forbidden.status).toBe(403);
    expect((await ada.call('DELETE', DEMO, undefined, csrf)).status).toBe(200);
    expect((await signIn(portal.browser(), 'ada@ministry.example', PASSWORD)).status).toBe(303);
  });

  it('acts for all States only until the first administrator is made', async () => {
    await load();
    const states = () => portal.database.query('select distinct states from directory.member where demo');
    expect(await states()).toEqual([{ states: ['*'] }]);
    await setUp(portal);
    expect(await states()).toEqual([{ states: ['XTM'] }]);
    expect((await types()).filter((type) => type === 'MemberChanged')).toHaveLength(5);
  });
});

describe('demonstration data where other machines reach the instance', () => {
  let portal: RunningPortal;
  beforeAll(async () => {
    portal = await startPortal({ PUBLIC_URL: 'https://follow.example' });
  });
  afterAll(() => portal.stop());

  it('is not for strangers, and its password is on no page', async () => {
    expect((await portal.browser().call('POST', DEMO)).status).toBe(401);
    const authorization = `Bearer ${await portal.operatorToken()}`;
    const loaded = await portal.browser().call('POST', DEMO, undefined, { authorization });
    expect(loaded.status).toBe(200);
    const begun = await portal.browser().get('/sign-in');
    expect(begun.location).toMatch(/^https:\/\/follow\.example\/oidc\/auth/);
    expect(begun.headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax/);
    expect(begun.headers.get('strict-transport-security')).toBeTruthy();
  });
});
