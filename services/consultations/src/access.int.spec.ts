import { roles, routesOf } from '@followthrough/service-kit';
import { consultationAccess } from './testing/consultation-access';
import { ConsultationsWorld, tokenOf } from './testing/consultations-world';
import { roadmapAccess } from './testing/roadmap-access';

/** Who may call what of rounds, written by hand. A route that is in no such table fails the test. */
const expected: Record<string, string> = {
  'GET /health': 'public',
  'GET /ready': 'public',
  'GET /audit': 'audit.read',
  'GET /recommendations/summary': 'public',
  'GET /institutions': 'rounds.write',
  'POST /institutions': 'rounds.write',
  'PUT /institutions/:id': 'rounds.write',
  'DELETE /institutions/:id': 'rounds.write',
  'POST /leads': 'rounds.write',
  'POST /leads/from-file': 'rounds.write',
  'GET /holidays/:state': 'rounds.read',
  'PUT /holidays/:state': 'rounds.write',
  'GET /rounds': 'rounds.read',
  'POST /rounds': 'rounds.write',
  'GET /rounds/:id': 'rounds.read',
  'PUT /rounds/:id': 'rounds.write',
  'GET /rounds/:id/preview': 'rounds.write',
  'POST /rounds/:id/open': 'rounds.write',
  'PUT /rounds/:id/due-date': 'rounds.write',
  'POST /rounds/:id/close': 'rounds.write',
  'GET /rounds/:id/board': 'rounds.read',
  'GET /round-tasks/:id': 'rounds.read',
  'GET /round-tasks/:id/files/:fileId': 'rounds.read',
  'POST /round-tasks/:id/release': 'rounds.release',
  'POST /round-tasks/:id/return': 'rounds.release',
  'POST /asked/code': 'public',
  'POST /asked/session': 'public',
  'DELETE /asked/session': 'public',
  'GET /asked/tasks': 'link',
  'GET /asked/tasks/:id': 'link',
  'POST /asked/tasks/:id/view': 'link',
  'PUT /asked/tasks/:id/answers/:recommendationId': 'link',
  'POST /asked/tasks/:id/answers/:recommendationId/no-change': 'link',
  'POST /asked/tasks/:id/submit': 'link',
  'POST /asked/tasks/:id/colleagues': 'link',
  'DELETE /asked/tasks/:id/colleagues/:accessId': 'link',
  'POST /asked/tasks/:id/answers/:recommendationId/files': 'link',
  'GET /asked/tasks/:id/files/:fileId': 'link',
  'DELETE /asked/tasks/:id/files/:fileId': 'link',
  'GET /asked/tasks/:id/answers.xlsx': 'link',
  'PUT /asked/tasks/:id/answers.xlsx': 'link',
};

const ID = '01900000-0000-7000-8000-000000000000';

describe('who may do what with rounds', () => {
  let world: ConsultationsWorld;
  beforeAll(async () => {
    world = await ConsultationsWorld.open();
  });
  afterAll(() => world.close());

  const statusOf = async (route: string, token: string | null) => {
    const [method, path] = route.split(' ') as [string, string];
    const asked = path.replace(/:(id|recommendationId|accessId|fileId)/g, ID).replace(':state', 'KEN');
    return (await world.request(method, asked, { token })).status;
  };

  it('is decided for every route there is', () => {
    const found = Object.fromEntries(
      routesOf(world.app.nest).map(({ method, path, access }) => [
        `${method} ${path}`,
        access?.rule === 'permission' ? access.permission : access?.rule,
      ]),
    );
    const rules = Object.entries(expected).map(([route, rule]) => [route, rule === 'link' ? 'public' : rule]);
    expect(found).toEqual({ ...Object.fromEntries(rules), ...roadmapAccess, ...consultationAccess });
  });

  it('keeps strangers from all that is not public', async () => {
    for (const [route, rule] of Object.entries(expected)) {
      if (rule !== 'public') expect([route, await statusOf(route, null)]).toEqual([route, 401]);
    }
  });

  it('opens the pages of links to nobody who is signed in otherwise, the administrator included', async () => {
    for (const [route, rule] of Object.entries(expected)) {
      if (rule === 'link')
        expect([route, await statusOf(route, tokenOf('administrator', '*'))]).toEqual([route, 401]);
    }
  });

  it.each(roles)('gives %s what the role grants, and nothing else', async (role) => {
    const granted: Record<string, string[]> = {
      administrator: ['rounds.read', 'rounds.write', 'rounds.release', 'audit.read'],
      coordinator: ['rounds.read', 'rounds.write', 'rounds.release'],
      'focal-point': ['rounds.read'],
      validator: ['rounds.read', 'rounds.release'],
      contributor: [],
      observer: [],
      auditor: ['rounds.read', 'audit.read'],
    };
    for (const [route, rule] of Object.entries(expected)) {
      if (rule === 'public' || rule === 'link') continue;
      const refused = (await statusOf(route, tokenOf(role, 'KEN'))) === 403;
      expect([route, role, refused]).toEqual([route, role, !granted[role]!.includes(rule)]);
    }
  });

  it('ends at the border of the State', async () => {
    const round = await world.prepare();
    const foreign = tokenOf('coordinator', 'UGA');
    const institution = await world.institution('Health');
    const tried = async (method: string, path: string, body?: object) =>
      (await world.ask(method, path, { token: foreign, body })).status;
    expect(await tried('GET', `/rounds/${round.id}`)).toBe(404);
    expect(await tried('GET', `/rounds/${round.id}/board`)).toBe(404);
    expect(await tried('POST', `/rounds/${round.id}/open`, { version: 1 })).toBe(404);
    expect(await tried('POST', `/rounds/${round.id}/close`, { version: 1 })).toBe(404);
    expect(await tried('PUT', `/rounds/${round.id}/due-date`, { version: 1, dueOn: '2027-01-01' })).toBe(404);
    expect(await tried('PUT', `/institutions/${institution.id}`, { version: 1, name: 'Mine' })).toBe(404);
    expect(await tried('DELETE', `/institutions/${institution.id}`)).toBe(404);
    expect(await tried('GET', '/institutions?state=KEN')).toBe(403);
    expect(await tried('GET', '/holidays/KEN')).toBe(403);
    expect(await tried('PUT', '/holidays/KEN', { year: 2026, days: [] })).toBe(403);
    const lead = { stateUnderReview: 'KEN', filter: {}, institutionId: null, expected: 0 };
    expect(await tried('POST', '/leads', lead)).toBe(403);
    const theirs = { ...lead, stateUnderReview: 'UGA', institutionId: institution.id };
    expect(await tried('POST', '/leads', theirs)).toBe(404);
    expect((await world.json('GET', '/rounds', { token: foreign })).rounds).toEqual([]);
  });
});
