import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, exportJWK } from 'jose';
import { setupLink } from '../index';
import { Provider } from '../outbound/sign-in/quiet-provider';
import { Browser, hiddenField } from '../testing/browser';
import { csrfOf, startPortal, type RunningPortal } from '../testing/start-portal';

/** A provider of the site's own, where everybody is whom they say in the header x-person. */
async function outerProvider(): Promise<{
  issuer: string;
  allow(callback: string): void;
  stop(): Promise<void>;
}> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const client = {
    client_id: 'followthrough',
    client_secret: 'a secret of the site that is long enough',
    redirect_uris: ['http://localhost/replaced'],
    id_token_signed_response_alg: 'ES256' as const,
  };
  const start = () => {
    const provider = new Provider(issuer, {
      clients: [client],
      jwks: { keys: [{ ...jwk, alg: 'ES256', use: 'sig', kid: 'outer' }] },
      cookies: { keys: ['outer'] },
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, interaction) => `/person/${interaction.uid}` },
      findAccount: (_context, sub) => ({
        accountId: sub,
        claims: () => ({ sub, email: `${sub}@site.example`, email_verified: sub !== 'unverified' }),
      }),
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({
          clientId: context.oidc.client!.clientId,
          accountId: context.oidc.session!.accountId!,
        });
        grant.addOIDCScope('openid email');
        await grant.save();
        return grant;
      },
    });
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (!request.url!.startsWith('/person/')) return void provider.callback()(request, response);
      const login = { accountId: String(request.headers['x-person']) };
      provider
        .interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
        .catch(() => response.end());
    });
  };
  const jwk = (await exportJWK(privateKey)) as { kty: 'EC' };
  return {
    issuer,
    allow: (callback) => {
      client.redirect_uris = [callback];
      start();
    },
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

describe('signing in at the site’s own provider', () => {
  let outer: Awaited<ReturnType<typeof outerProvider>>;
  let portal: RunningPortal;
  let root: Browser;

  beforeAll(async () => {
    // What the outer provider tells of its own settings says nothing about ours.
    jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(console, 'info').mockImplementation();
    outer = await outerProvider();
    portal = await startPortal({
      OIDC_ISSUER: outer.issuer,
      OIDC_CLIENT_ID: 'followthrough',
      OIDC_CLIENT_SECRET: 'a secret of the site that is long enough',
    });
    outer.allow(`${portal.url}/sign-in/callback`);
  });
  afterAll(async () => {
    await portal.stop();
    await outer.stop();
    jest.restoreAllMocks();
  });

  const as = (person: string) => portal.browser({ 'x-person': person });
  const member = async (browser: Browser) =>
    (
      JSON.parse((await browser.call('GET', '/api/portal/v1/session')).text) as {
        member: { name: string } | null;
      }
    ).member;

  it('makes the administrator without a password of ours', async () => {
    root = as('root');
    const page = await root.get(new URL((await setupLink(portal.app))!).href);
    expect(page.text).not.toContain('type="password"');
    const fields = {
      token: hiddenField(page.text, 'token'),
      name: 'Root',
      organisation: 'Ministry',
      timeZone: 'UTC',
    };
    const end = await root.follow(await root.post('/setup', fields));
    expect(end.status).toBe(200);
    expect(await member(root)).toMatchObject({ name: 'Root' });
    expect(await portal.database.query('select password, verified from directory.credential')).toEqual([
      { password: null, verified: true },
    ]);
    const again = as('root');
    await again.follow(await again.get('/sign-in'));
    expect(await member(again)).toMatchObject({ name: 'Root' });
  });

  it('lets in who was invited, under the identity that accepted', async () => {
    const csrf = { 'x-csrf-token': await csrfOf(root) };
    const { organisations } = JSON.parse((await root.call('GET', '/api/portal/v1/organisations')).text);
    const invitation = {
      email: 'guest@elsewhere.example',
      organisationId: organisations[0].id,
      roles: ['observer'],
      states: ['SVN'],
    };
    await root.call('POST', '/api/portal/v1/invitations', { invitations: [invitation] }, csrf);
    await portal.sendMails();
    const link = /https?:\/\/\S+/.exec(portal.mails.at(-1)!.text)![0];
    const guest = as('guest');
    const page = await guest.get(link);
    expect(page.text).not.toContain('type="password"');
    await guest.follow(
      await guest.post('/invitation', { token: hiddenField(page.text, 'token'), name: 'Guest' }),
    );
    expect(await member(guest)).toMatchObject({ name: 'Guest' });
  });

  it('says so to whoever the provider knows and the directory does not', async () => {
    const stranger = as('stranger');
    const end = await stranger.follow(await stranger.get('/sign-in'));
    expect(end.status).toBe(403);
    expect(end.text).toContain('have no account here');
    expect(await member(stranger)).toBeNull();
  });

  it('links an account by its address only where the provider vouches for it', async () => {
    await portal.database.query(
      `update directory.credential set address_key = 'unverified@site.example' where address_key like 'guest%'`,
    );
    const unverified = as('unverified');
    await unverified.follow(await unverified.get('/sign-in'));
    expect(await member(unverified)).toBeNull();
    await portal.database.query(
      `update directory.credential set address_key = 'known@site.example' where address_key like 'unverified%'`,
    );
    await portal.database.query(`delete from directory.outer_identity where subject = 'guest'`);
    const known = as('known');
    await known.follow(await known.get('/sign-in'));
    expect(await member(known)).toMatchObject({ name: 'Guest' });
    await portal.database.query(
      `update directory.credential set address_key = 'other@site.example' where address_key like 'known%'`,
    );
    const other = as('other');
    await other.follow(await other.get('/sign-in'));
    expect(await member(other)).toBeNull();
  });

  it('has no passwords and no provider of its own', async () => {
    expect((await as('root').get('/password/forgot')).text).not.toContain('action="/password/forgot"');
    expect((await as('root').get('/oidc/auth')).status).toBe(404);
  });
});
