import type { Role } from '@followthrough/service-kit';
import { routesOf } from '@followthrough/service-kit';
import { tableFile } from './testing/csv-files';
import { RecommendationsWorld, tokenOf } from './testing/recommendations-world';

/** Who may call what, written by hand: a route that is not in it fails the test. */
const expected: Record<string, string> = {
  'GET /health': 'public',
  'GET /ready': 'public',
  'GET /audit': 'audit.read',
  'POST /uploads': 'imports.write',
  'POST /imports': 'imports.write',
  'GET /imports': 'imports.read',
  'GET /imports/:id': 'imports.read',
  'GET /imports/:id/rows': 'imports.read',
  'GET /imports/:id/rejects': 'imports.read',
  'GET /imports/:id/rejects.csv': 'imports.read',
  'PUT /imports/:id/mapping': 'imports.write',
  'POST /imports/:id/apply': 'imports.write',
  'POST /imports/:id/undo': 'imports.write',
  'DELETE /imports/:id': 'imports.write',
  'GET /mapping-templates': 'imports.read',
  'GET /mapping-templates/:id': 'imports.read',
  'POST /mapping-templates': 'imports.write',
  'DELETE /mapping-templates/:id': 'imports.write',
  'GET /open-questions': 'imports.read',
  'POST /open-questions/:id/answer': 'imports.write',
  'GET /recommendations': 'public',
  'GET /recommendations/lookup': 'public',
  'GET /recommendations/:id': 'public',
  'PATCH /recommendations/:id': 'recommendations.internal.write',
  'POST /recommendations/bulk-edit': 'recommendations.internal.write',
  'GET /export': 'public',
  'GET /developments': 'public',
  'GET /developments/:id': 'public',
  'POST /developments': 'developments.write',
  'POST /developments/from-file': 'developments.write',
  'PATCH /developments/:id': 'developments.write',
  'POST /developments/:id/submit': 'developments.write',
  'POST /developments/:id/publish': 'developments.review',
  'POST /developments/:id/return': 'developments.review',
  'POST /developments/:id/withdraw': 'developments.write',
  'GET /assessments': 'public',
  'GET /assessments/:id': 'public',
  'POST /assessments': 'assessments.write',
  'PATCH /assessments/:id': 'assessments.write',
  'POST /assessments/:id/publish': 'assessments.write',
  'POST /assessments/:id/withdraw': 'assessments.write',
  'POST /assessments/:id/answers': 'assessments.answer',
};

const SECRET = 'Office of secret affairs';
const headings = [
  'State under review',
  'Cycle',
  'Document symbol',
  'Paragraph',
  'Text',
  'Position',
  'Lead institution',
  'Status',
];
const fileOf = (...states: string[]) =>
  tableFile(
    headings,
    states.map((state, index) => [
      state,
      '4',
      'A/HRC/59/15',
      `140.${index + 1}`,
      `Text ${index + 1}`,
      'Noted',
      SECRET,
      'open',
    ]),
  );

describe('who may see and do what', () => {
  let world: RecommendationsWorld;
  let importId: string;
  beforeAll(async () => {
    world = await RecommendationsWorld.open();
    importId = (await world.read(fileOf('Slovenia', 'Croatia'))).id;
    await world.apply(importId);
  });
  afterAll(() => world.close());

  const status = async (method: string, path: string, token?: string, body?: unknown) =>
    (await world.request(method, path, { token, body })).status;

  it('is decided for every route there is', () => {
    const found = Object.fromEntries(
      routesOf(world.app.nest).map(({ method, path, access }) => [
        `${method} ${path}`,
        access?.rule === 'permission' ? access.permission : access?.rule,
      ]),
    );
    expect(found).toEqual(expected);
  });

  it('keeps strangers, and contributors or observers, from all that is not public', async () => {
    for (const [route, access] of Object.entries(expected)) {
      if (access === 'public') continue;
      const [method, path] = route.split(' ') as [string, string];
      const asked = path.replace(':id', importId);
      expect([route, await status(method, asked)]).toEqual([route, 401]);
      const role = access.endsWith('s.write') && !access.startsWith('imports') ? 'observer' : 'contributor';
      expect([route, await status(method, asked, tokenOf(role, 'SVN'))]).toEqual([route, 403]);
    }
  });

  it.each<[Role | null, string[], boolean]>([
    [null, [], false],
    ['contributor', ['SVN', 'HRV'], false],
    ['observer', ['HRV'], false],
    ['observer', ['SVN'], true],
    ['auditor', ['SVN'], true],
    ['coordinator', ['SVN'], true],
    ['administrator', ['*'], true],
  ])('shows internal fields of Slovenia to %s of %j: %s', async (role, states, shown) => {
    const options = role ? { token: tokenOf(role, ...states) } : {};
    const ask = async (path: string) => (await world.request('GET', path, options)).text();
    const [{ id }] = (await world.json('GET', '/recommendations?stateUnderReview=SVN')).recommendations;
    for (const path of [
      '/recommendations?stateUnderReview=SVN',
      `/recommendations/${id}`,
      '/recommendations/lookup?symbol=A/HRC/59/15&paragraph=140.1',
      '/export?format=csv&stateUnderReview=SVN',
      '/export?format=json&stateUnderReview=SVN',
    ]) {
      expect([path, (await ask(path)).includes(SECRET)]).toEqual([path, shown]);
    }
  });

  it('counts nothing by an internal field for those who may not see it', async () => {
    expect(await status('GET', '/recommendations?status=open')).toBe(403);
    expect(await status('GET', '/export?leadInstitution=x', tokenOf('contributor', 'SVN'))).toBe(403);
    const seen = await world.json('GET', '/recommendations?status=open', {
      token: tokenOf('observer', 'SVN'),
    });
    expect(seen.total).toBe(1);
  });

  it('shows an import to those who may for all its States, and to who brought it', async () => {
    expect(await status('GET', `/imports/${importId}`, tokenOf('coordinator', 'SVN'))).toBe(404);
    expect(await status('GET', `/imports/${importId}`, tokenOf('coordinator', 'SVN', 'HRV'))).toBe(200);
    const { total } = await world.json('GET', '/imports', { token: tokenOf('auditor', 'SVN') });
    expect(total).toBe(0);
  });

  it('lets a coordinator apply what is about their own States only', async () => {
    const token = tokenOf('coordinator', 'SVN');
    const foreign = await world.read(fileOf('Slovenia', 'Croatia'), {}, token);
    expect(await status('POST', `/imports/${foreign.id}/apply`, token, { announce: false })).toBe(403);
    const own = await world.read(fileOf('Slovenia'), {}, token);
    expect(await status('POST', `/imports/${own.id}/apply`, token, { announce: false })).toBe(202);
    expect(await status('POST', `/imports/${own.id}/undo`, tokenOf('focal-point', 'SVN'))).toBe(403);
    await world.work();
  });

  it('lets a focal point edit recommendations to their own State only', async () => {
    const token = tokenOf('focal-point', 'SVN');
    const idOf = async (state: string) =>
      (await world.json('GET', `/recommendations?stateUnderReview=${state}`)).recommendations[0].id as string;
    expect(
      await status('PATCH', `/recommendations/${await idOf('SVN')}`, token, { set: { status: 'done' } }),
    ).toBe(200);
    expect(
      await status('PATCH', `/recommendations/${await idOf('HRV')}`, token, { set: { status: 'done' } }),
    ).toBe(403);
    const bulk = (expected: number) =>
      status('POST', '/recommendations/bulk-edit', token, {
        filter: { cycle: [4] },
        set: { note: 'Ask' },
        expected,
      });
    expect(await bulk(2)).toBe(409);
    expect(await bulk(1)).toBe(200);
    const held = (await world.json('GET', '/recommendations?cycle=4')).recommendations;
    expect(held.map((row: any) => row.internal.note).sort()).toEqual(['', 'Ask']);
  });

  it('puts nothing internal into an event', async () => {
    const events = JSON.stringify(await world.published());
    expect(events).toContain('RecommendationRecorded');
    expect(events).not.toContain(SECRET);
  });

  it('leaves an audit record of every write', async () => {
    const actions = (await world.database.query('select distinct action from audit_record')).map(
      (row) => row.action,
    );
    expect(actions).toEqual(
      expect.arrayContaining([
        'upload.store',
        'import.begin',
        'import.apply',
        'recommendation.edit',
        'recommendation.bulk-edit',
      ]),
    );
  });
});
