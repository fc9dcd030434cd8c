import { request } from 'node:http';
import { decodeJwt } from 'jose';
import { csrfOf, PASSWORD, setUp, signIn, startPortal, type RunningPortal } from '../testing/start-portal';
import type { Browser } from '../testing/browser';

const ORGANISATIONS = '/api/portal/v1/organisations';

describe('the forwarder before all of /api', () => {
  let portal: RunningPortal;
  let ada: Browser;
  beforeAll(async () => {
    portal = await startPortal();
    ada = await setUp(portal);
  });
  afterAll(() => portal.stop());

  const add = (browser: Browser, headers: Record<string, string>, name = 'Parliament') =>
    browser.call('POST', ORGANISATIONS, { name, class: 'parliament' }, headers);

  it('takes a write of a browser only with the token of its session', async () => {
    expect((await add(ada, {})).status).toBe(403);
    expect((await add(ada, { 'x-csrf-token': 'guessed' })).status).toBe(403);
    const other = portal.browser();
    await other.follow(await signIn(other, 'ada@ministry.example', PASSWORD));
    expect((await add(ada, { 'x-csrf-token': await csrfOf(other) })).status).toBe(403);
    expect((await add(ada, { 'x-csrf-token': await csrfOf(ada) })).status).toBe(201);
  });

  it('takes no write from a page of another site, token or not', async () => {
    const csrf = await csrfOf(ada);
    expect((await add(ada, { 'x-csrf-token': csrf, origin: 'https://evil.example' }, 'Other')).status).toBe(
      403,
    );
    expect((await add(ada, { 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' }, 'Other')).status).toBe(
      403,
    );
    expect((await add(ada, { 'x-csrf-token': csrf, origin: 'null' }, 'Other')).status).toBe(403);
    const anonymous = await portal
      .browser()
      .call('POST', '/api/portal/v1/demo', undefined, { origin: 'https://evil.example' });
    expect(anonymous.status).toBe(403);
  });

  it('lets a bearer token pass untouched, without a cookie and without the token of a session', async () => {
    const token = await portal.operatorToken();
    const answer = await add(portal.browser(), { authorization: `Bearer ${token}` }, 'By a program');
    expect(answer.status).toBe(201);
    const refused = await ada.call('GET', ORGANISATIONS, undefined, {
      authorization: 'Bearer no.such.token',
    });
    expect(refused.status).toBe(401);
  });

  it('answers only under names of this machine, so that no other site can pose as it', async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(portal.url);
      request(
        {
          port,
          host: '127.0.0.1',
          path: '/api/portal/v1/session',
          headers: { host: `rebound.example:${port}` },
        },
        (response) => resolve(response.statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it('mints tokens that bear no name and no address, and end after five minutes', async () => {
    const token = await portal.operatorToken();
    const claims = decodeJwt(token);
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'knd', 'mem', 'sub']);
    expect(claims.exp! - claims.iat!).toBe(300);
    const call = () =>
      portal.browser().call('GET', ORGANISATIONS, undefined, { authorization: `Bearer ${token}` });
    expect((await call()).status).toBe(200);
    const spy = jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'],
      now: Date.now() + 301_000,
    });
    try {
      expect((await call()).status).toBe(401);
    } finally {
      spy.useRealTimers();
    }
  });

  it('takes no proof of address for an access token', async () => {
    await portal.database.query('update directory.credential set verified = true');
    const csrf = await csrfOf(ada);
    const proof = await ada.call('POST', '/api/portal/v1/session/address-attestation', undefined, {
      'x-csrf-token': csrf,
    });
    const { address, attestation } = JSON.parse(proof.text) as { address: string; attestation: string };
    expect(address).toBe('ada@ministry.example');
    expect(decodeJwt(attestation)).toMatchObject({
      aud: 'notifications',
      address_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const misused = await portal
      .browser()
      .call('GET', ORGANISATIONS, undefined, { authorization: `Bearer ${attestation}` });
    expect(misused.status).toBe(401);
  });

  it('ends what a member may do with the suspension, at once', async () => {
    const browser = portal.browser();
    await browser.follow(await signIn(browser, 'ada@ministry.example', PASSWORD));
    await portal.database.query(`update directory.member set state = 'suspended'`);
    try {
      expect((await browser.call('GET', ORGANISATIONS)).status).toBe(401);
      expect((await signIn(portal.browser(), 'ada@ministry.example', PASSWORD)).status).toBe(401);
    } finally {
      await portal.database.query(`update directory.member set state = 'active'`);
    }
  });
});

describe('a service account', () => {
  let portal: RunningPortal;
  let operator: string;
  beforeAll(async () => {
    portal = await startPortal();
    operator = await portal.operatorToken();
  });
  afterAll(() => portal.stop());

  const call = (method: string, path: string, body?: unknown, token = operator) =>
    portal.browser().call(method, `/api/portal/v1${path}`, body, { authorization: `Bearer ${token}` });
  const exchange = (secret: string) => portal.browser().call('POST', '/api/portal/v1/token', { secret });

  it('tells its secret once, buys tokens with it until it is revoked, and says no more then', async () => {
    const asked = { name: 'Case management', roles: ['observer'], states: ['SVN'] };
    const made = JSON.parse((await call('POST', '/service-accounts', asked)).text) as {
      id: string;
      secret: string;
    };
    expect(made.secret).toMatch(/^ft_[A-Za-z0-9_-]{43}$/);
    const listed = await call('GET', '/service-accounts');
    expect(listed.text).toContain('Case management');
    expect(listed.text).not.toContain(made.secret);

    const bought = await exchange(made.secret);
    expect(JSON.parse(bought.text)).toMatchObject({ expiresIn: 300 });
    expect(decodeJwt((JSON.parse(bought.text) as { accessToken: string }).accessToken)).toMatchObject({
      sub: made.id,
      knd: 'service',
      mem: [{ org: '', cls: 'other', roles: ['observer'], states: ['SVN'] }],
    });
    expect((await call('DELETE', `/service-accounts/${made.id}`)).status).toBe(204);
    expect((await exchange(made.secret)).status).toBe(401);
    expect((await call('DELETE', `/service-accounts/${made.id}`)).status).toBe(404);
    expect((await call('GET', '/service-accounts')).text).not.toContain('Case management');
  });

  it('makes those wait who guess secrets', async () => {
    const answers = [];
    for (let tries = 0; tries < 42; tries += 1) answers.push((await exchange(`ft_${tries}`)).status);
    expect(answers.at(-1)).toBe(429);
    portal.clock.advance(2 * 3600_000);
    expect((await exchange('ft_no')).status).toBe(401);
  });

  it('publishes the keys of its tokens, and no private part of them', async () => {
    const { keys } = JSON.parse((await portal.browser().get('/api/portal/v1/jwks.json')).text) as {
      keys: object[];
    };
    expect(keys).toEqual([
      expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) }),
    ]);
    expect(keys[0]).not.toHaveProperty('d');
  });
});
