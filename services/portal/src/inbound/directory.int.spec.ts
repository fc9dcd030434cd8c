import { routesOf } from '@followthrough/service-kit';
import { csrfOf, setUp, startPortal, type RunningPortal } from '../testing/start-portal';
import type { Browser } from '../testing/browser';

/** Who may call what; written by hand, compared with what the running service says. */
const routes: Record<string, string> = {
  'GET /health': 'public',
  'GET /ready': 'public',
  'GET /audit': 'audit.read',
  'POST /token': 'public',
  'GET /jwks.json': 'public',
  'GET /session': 'public',
  'POST /session/address-attestation': 'signed-in',
  'POST /demo': 'public',
  'DELETE /demo': 'public',
  'GET /recommendations': 'public',
  'GET /recommendations/:id': 'public',
  'GET /recommendations/:id/voices': 'public',
  'GET /voices': 'public',
  'GET /from/:state': 'public',
  'GET /states': 'public',
  'GET /events': 'public',
  'GET /organisations': 'directory.read',
  'POST /organisations': 'directory.write',
  'PATCH /organisations/:id': 'directory.write',
  'GET /members': 'directory.read',
  'PATCH /members/:id': 'directory.write',
  'DELETE /members/:id': 'directory.write',
  'GET /invitations': 'directory.read',
  'POST /invitations': 'directory.write',
  'POST /invitations/from-file': 'directory.write',
  'POST /invitations/:id/send-again': 'directory.write',
  'DELETE /invitations/:id': 'directory.write',
  'GET /service-accounts': 'directory.read',
  'POST /service-accounts': 'directory.write',
  'DELETE /service-accounts/:id': 'directory.write',
};

describe('the directory', () => {
  let portal: RunningPortal;
  let ada: Browser;
  let operator: string;

  const call = async (method: string, path: string, body?: unknown, token = operator) => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const answer = await portal.browser().call(method, `/api/portal/v1${path}`, body, headers);
    return { status: answer.status, body: answer.text ? JSON.parse(answer.text) : null };
  };
  /** A token of a new service account with these rights. */
  const tokenOf = async (roles: string[], states: string[]) => {
    const { secret } = (await call('POST', '/service-accounts', { name: roles.join(), roles, states })).body;
    return (await call('POST', '/token', { secret }, '')).body.accessToken as string;
  };
  const events = async (type: string) =>
    (
      await portal.database.query(
        'select payload::jsonb as data from outbox where type = $1 order by sequence',
        [`portal.v1.${type}`],
      )
    ).map(({ data }) => data);

  beforeAll(async () => {
    portal = await startPortal();
    ada = await setUp(portal);
    operator = await portal.operatorToken();
  });
  afterAll(() => portal.stop());

  it('has the routes that are written down here, under these rules and no others', () => {
    const found = routesOf(portal.app).map(({ method, path, access }) => [
      `${method} ${path}`,
      access?.rule === 'permission' ? access.permission : access?.rule,
    ]);
    expect(Object.fromEntries(found)).toEqual(routes);
  });

  it.each(Object.entries(routes).filter(([, rule]) => rule !== 'public'))(
    'keeps strangers out of %s',
    async (route, rule) => {
      const [method, path] = route.split(' ') as [string, string];
      const id = '0190a000-0000-7000-8000-000000000000';
      expect((await call(method, path.replace(':id', id), undefined, '')).status).toBe(401);
      if (rule === 'signed-in') return;
      const contributor = await tokenOf(['contributor'], ['SVN']);
      expect((await call(method, path.replace(':id', id), undefined, contributor)).status).toBe(403);
    },
  );

  it('gives nobody rights beyond the reach of the giver', async () => {
    const slovenia = await tokenOf(['administrator'], ['SVN']);
    const asked = (states: string[]) => ({ name: 'x', roles: ['observer'], states });
    expect((await call('POST', '/service-accounts', asked(['SVN']), slovenia)).status).toBe(201);
    expect((await call('POST', '/service-accounts', asked(['SVN', 'FRA']), slovenia)).status).toBe(403);
    expect((await call('POST', '/service-accounts', asked(['*']), slovenia)).status).toBe(403);
    const organisation = { name: 'Everywhere', class: 'un', states: ['*'] };
    expect((await call('POST', '/organisations', organisation, slovenia)).status).toBe(403);
    const [admin] = (await call('GET', '/members')).body.members;
    expect((await call('PATCH', `/members/${admin.id}`, { roles: ['observer'] }, slovenia)).status).toBe(403);
    expect((await call('DELETE', `/members/${admin.id}`, undefined, slovenia)).status).toBe(403);
  });

  it('shows as far as the reach goes', async () => {
    await call('POST', '/organisations', { name: 'Only France', class: 'cso', states: ['FRA'] });
    const slovenia = await tokenOf(['auditor'], ['SVN']);
    const names = (body: any) => body.organisations.map(({ name }: { name: string }) => name);
    expect(names((await call('GET', '/organisations')).body)).toContain('Only France');
    expect(names((await call('GET', '/organisations', undefined, slovenia)).body)).not.toContain(
      'Only France',
    );
  });

  it('has each organisation once, and says what changed', async () => {
    const made = await call('POST', '/organisations', { name: 'Embassy', class: 'embassy', states: ['SVN'] });
    expect((await call('POST', '/organisations', { name: 'EMBASSY', class: 'embassy' })).status).toBe(409);
    const changed = await call('PATCH', `/organisations/${made.body.id}`, { name: 'Embassy of Fiji' });
    expect(changed.body).toMatchObject({ name: 'Embassy of Fiji', version: 2 });
    expect((await events('OrganisationChanged')).at(-1)).toMatchObject({
      organisation: { name: 'Embassy of Fiji' },
    });
  });

  it('keeps its last administrator', async () => {
    const [admin] = (await call('GET', '/members')).body.members;
    expect((await call('DELETE', `/members/${admin.id}`)).status).toBe(409);
    expect((await call('PATCH', `/members/${admin.id}`, { state: 'suspended' })).status).toBe(409);
    expect((await call('PATCH', `/members/${admin.id}`, { roles: ['observer'] })).status).toBe(409);
    expect((await call('PATCH', `/members/${admin.id}`, { states: ['SVN'] })).status).toBe(409);
    expect((await call('PATCH', `/members/${admin.id}`, { name: 'Ada M.' })).body).toMatchObject({
      name: 'Ada M.',
    });
  });

  it('erases a person and tells it by the opaque id alone', async () => {
    const [{ id: organisationId }] = (await call('GET', '/organisations')).body.organisations;
    const invitation = {
      email: 'zoe@x.example',
      name: 'Zoe',
      organisationId,
      roles: ['observer'],
      states: ['SVN'],
      locale: 'en',
    };
    await call('POST', '/invitations', { invitations: [invitation] });
    await portal.sendMails();
    const token = new URL(/https?:\/\/\S+/.exec(portal.mails.at(-1)!.text)![0]).searchParams.get('token')!;
    const zoe = portal.browser();
    const password = 'two old lighthouses 4';
    await zoe.post('/invitation', { token, name: 'Zoe', password, passwordAgain: password, timeZone: '' });
    const member = (await call('GET', '/members')).body.members.find(
      ({ name }: { name: string }) => name === 'Zoe',
    );
    expect(member).toMatchObject({ email: 'zoe@x.example', roles: ['observer'] });

    await call('PATCH', `/members/${member.id}`, { roles: ['validator'] });
    expect((await events('MemberChanged')).at(-1)).toMatchObject({
      member: { memberId: member.id, roles: ['validator'] },
    });
    expect((await call('DELETE', `/members/${member.id}`)).status).toBe(204);
    expect(await events('MemberErased')).toEqual([{ memberId: member.id }]);
    expect((await zoe.call('GET', '/api/portal/v1/organisations')).status).toBe(401);
    const kept = await portal.database.query(
      `select (select count(*)::int from directory.credential where address_key like 'zoe@%') as credentials,
              (select count(*)::int from directory.session where member_id = $1) as sessions,
              (select count(*)::int from directory.invitation where address is not null) as addresses`,
      [member.id],
    );
    expect(kept).toEqual([{ credentials: 0, sessions: 0, addresses: 0 }]);
  });

  it('leaves an audit record of every write, without names and addresses', async () => {
    const { records } = (await call('GET', '/audit')).body as { records: { action: string }[] };
    const actions = new Set(records.map(({ action }) => action));
    for (const action of [
      'member.erase',
      'member.change',
      'invitation.send',
      'invitation.accept',
      'organisation.change',
    ]) {
      expect(actions).toContain(action);
    }
    expect(JSON.stringify(records)).not.toMatch(/zoe|ada /i);
    expect(
      (await ada.call('GET', '/api/portal/v1/audit', undefined, { 'x-csrf-token': await csrfOf(ada) }))
        .status,
    ).toBe(200);
  });
});
