import { routesOf, type Role } from '@followthrough/service-kit';
import { RoadmapWorld, tokenOf } from './testing/roadmap-world';
import { consultationAccess } from './testing/consultation-access';
import { roadmapAccess } from './testing/roadmap-access';
import { writtenAction } from './testing/written-action';

/** Who may call what of roadmaps and consultations, written by hand: a route that is not in it fails the test. */
const expected: Record<string, string> = { ...roadmapAccess, ...consultationAccess };
const ours = /^\/(roadmaps|actions|consultations|meetings|sections|submissions|contributions|lineage)\b/;

describe('who may see and do what', () => {
  let world: RoadmapWorld;
  let draftId: string;
  let adoptedId: string;
  const coordinator = tokenOf('coordinator', 'SVN');
  beforeAll(async () => {
    world = await RoadmapWorld.open();
    const begin = async () =>
      (
        await world.json('POST', '/roadmaps', {
          body: { stateUnderReview: 'SVN', title: 'Secret draft', gapRule: 'print' },
        })
      ).roadmapId as string;
    [draftId, adoptedId] = [await begin(), await begin()];
    await world.json('POST', `/roadmaps/${adoptedId}/actions`, { body: writtenAction() });
    await world.json('POST', `/roadmaps/${adoptedId}/steps`, { body: { version: 2, step: 'adopt' } });
  });
  afterAll(() => world.close());

  const status = async (method: string, path: string, token?: string, body?: unknown) =>
    (await world.request(method, path, { token, body })).status;

  it('is decided for every route there is', () => {
    const found = Object.fromEntries(
      routesOf(world.app.nest)
        .filter(({ path }) => ours.test(path))
        .map(({ method, path, access }) => [
          `${method} ${path}`,
          access?.rule === 'permission' ? access.permission : access?.rule,
        ]),
    );
    expect(found).toEqual(expected);
  });

  it('keeps strangers, and whoever lacks the permission, from all that is not public', async () => {
    for (const [route, access] of Object.entries(expected)) {
      if (access === 'public') continue;
      const [method, path] = route.split(' ') as [string, string];
      const asked = path.replace(/:\w+/g, draftId);
      expect([route, await status(method, asked)]).toEqual([route, 401]);
      if (access === 'signed-in' || access === 'submissions.write') continue;
      expect([route, await status(method, asked, tokenOf('contributor', 'SVN'))]).toEqual([route, 403]);
    }
  });

  it.each<[Role | null, string[], boolean]>([
    [null, [], false],
    ['contributor', ['SVN'], false],
    ['coordinator', ['HRV'], false],
    ['observer', ['SVN'], true],
    ['auditor', ['SVN'], true],
    ['validator', ['SVN'], true],
    ['focal-point', ['SVN', 'HRV'], true],
    ['administrator', ['*'], true],
  ])('shows a draft roadmap of Slovenia to %s of %j: %s', async (role, states, shown) => {
    const token = role ? tokenOf(role, ...states) : undefined;
    const seen = shown ? 200 : 404;
    for (const path of [
      '',
      '?edition=draft',
      '/versions',
      '/differences?from=draft&to=draft',
      `/actions/${draftId}`,
    ]) {
      expect([path, await status('GET', `/roadmaps/${draftId}${path}`, token)]).toEqual([path, seen]);
    }
    expect(await status('GET', `/roadmaps/${adoptedId}`, token)).toBe(200);
    expect(await status('GET', `/roadmaps/${adoptedId}?edition=draft`, token)).toBe(seen);
    const list = await (await world.request('GET', '/roadmaps', { token })).text();
    expect(list.includes(draftId)).toBe(shown);
    expect(list.includes(adoptedId)).toBe(true);
  });

  it.each<[Role, string, string, object]>([
    ['coordinator', 'POST', '/roadmaps', { stateUnderReview: 'SVN', title: 'x' }],
    ['coordinator', 'PATCH', '/roadmaps/:id', { version: 1, title: 'x' }],
    ['validator', 'POST', '/roadmaps/:id/steps', { version: 1, step: 'adopt' }],
    ['focal-point', 'POST', '/roadmaps/:id/actions', writtenAction()],
    ['focal-point', 'PUT', '/roadmaps/:id/actions/:id', { version: 1, action: writtenAction() }],
    ['focal-point', 'POST', '/roadmaps/:id/actions/:id/removal', { version: 1 }],
    ['coordinator', 'POST', '/roadmaps/:id/actions/:id/steps', { version: 1, step: 'start' }],
    [
      'focal-point',
      'POST',
      '/roadmaps/:id/indicators/:id/values',
      { observedOn: '2026-01-01', value: '1', source: 'x' },
    ],
  ])('lets a %s do nothing to the roadmap of another State: %s %s', async (role, method, path, body) => {
    const asked = path.replaceAll(':id', draftId);
    const before = await world.json('GET', `/roadmaps/${draftId}?edition=draft`, { token: coordinator });
    expect(await status(method, asked, tokenOf(role, 'HRV'), body)).toBe(403);
    expect(await world.json('GET', `/roadmaps/${draftId}?edition=draft`, { token: coordinator })).toEqual(
      before,
    );
  });

  it.each<[string, string, object]>([
    ['POST', '/consultations', { stateUnderReview: 'SVN' }],
    ['PUT', '/consultations/:id', { version: 1 }],
    ['POST', '/consultations/:id/steps', { version: 1, step: 'schedule' }],
    ['POST', '/consultations/:id/invitations', { class: 'cso', organisation: 'x' }],
    [
      'POST',
      '/consultations/:id/meetings',
      { heldOn: '2026-01-01', place: '', attendance: [], minutes: '', minutesState: 'draft' },
    ],
  ])(
    'lets a coordinator of another State do nothing to a consultation: %s %s',
    async (method, path, body) => {
      const fields = {
        title: 'Education',
        purpose: 'x',
        facilitator: 'x',
        filter: {},
        opensAt: '2026-02-01T09:00',
        closesAt: '2026-03-01T09:00',
        timeZone: 'UTC',
        submissionsVisibleTo: 'facilitator',
      };
      const { consultationId } = await world.json('POST', '/consultations', {
        body: { stateUnderReview: 'SVN', ...fields },
      });
      const whole = /^\/consultations(\/:id)?$/.test(path) ? { ...fields, ...body } : body;
      const asked = path.replace(':id', consultationId);
      expect(await status(method, asked, tokenOf('coordinator', 'HRV'), whole)).toBe(403);
      expect(
        await status('GET', `/consultations/${consultationId}/desk`, tokenOf('coordinator', 'HRV')),
      ).toBe(404);
      expect(await status('GET', `/consultations/${consultationId}`, tokenOf('coordinator', 'HRV'))).toBe(
        404,
      );
    },
  );

  it('tells rejected rows of an import to those only who may see the draft', async () => {
    expect(await status('GET', `/roadmaps/${adoptedId}/rejects`, tokenOf('observer', 'HRV'))).toBe(404);
    expect(await status('GET', `/roadmaps/${adoptedId}/rejects`, tokenOf('observer', 'SVN'))).toBe(200);
  });

  it('leaves an audit record of every write', async () => {
    const actions = (await world.database.query('select distinct action from audit_record')).map(
      (row) => row.action,
    );
    expect(actions).toEqual(expect.arrayContaining(['roadmap.begin', 'action.add', 'roadmap.adopt']));
  });
});
