import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Answered,
  type Asked,
  type FakeInstance,
  fakeInstance,
  problem,
} from '../testing/fake-instance';
import { run } from '../testing/run';

const IMPORTS = '/api/recommendations/v1/imports';
const base = {
  id: 'i1',
  fileName: 'list.csv',
  counts: { recommendations: 3, pledges: 0, rejected: 1 },
  preview: { new: 2, changed: 1, unchanged: 0, rejected: 1, openQuestions: 1 },
  progress: { done: 0, total: 3 },
  result: null,
  missing: [],
  warnings: [],
  statesUnderReview: ['KEN'],
  announceDefault: true,
  error: null,
  createdAt: '2026-01-02T03:04:05Z',
};
const result = { recorded: 2, revised: 1, withdrawn: 0, unchanged: 0, announced: 0 };

let folder: string;
let instance: FakeInstance | null = null;
beforeAll(() => {
  execFileSync(process.execPath, [resolve(__dirname, '../../../tools/build.mjs')]);
  folder = mkdtempSync(join(tmpdir(), 'instance-'));
  writeFileSync(join(folder, 'list.csv'), 'State,Text\nKenya,Plant a tree\n');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await instance?.stop();
  instance = null;
});

/** Runs against an instance that walks an import through `states`, a state a question. */
async function ft(args: string[], answers: Record<string, Answered | Answered[]> = {}, token = 'secret') {
  const left = new Map(Object.entries(answers).map(([key, value]) => [key, [value].flat()]));
  instance = await fakeInstance((asked: Asked) => {
    if (asked.path === '/api/portal/v1/token') return { body: { accessToken: 'abc', expiresIn: 300 } };
    const found = left.get(`${asked.method} ${asked.path}`);
    return found && found.length > 1 ? found.shift() : found?.[0];
  });
  return run(args, { folder, url: instance.url, token });
}

const walk = (...states: object[]): Record<string, Answered | Answered[]> => ({
  'POST /api/recommendations/v1/uploads': { status: 201, body: { uploadId: 'u1' } },
  [`POST ${IMPORTS}`]: { status: 202, body: { ...base, state: 'parsing' } },
  [`GET ${IMPORTS}/i1`]: states.map((state) => ({ body: { ...base, ...state } })),
  [`POST ${IMPORTS}/i1/apply`]: { status: 202, body: { ...base, state: 'applying' } },
  [`POST ${IMPORTS}/i1/undo`]: { status: 202, body: { ...base, state: 'undoing' } },
  [`DELETE ${IMPORTS}/i1`]: { status: 204 },
});
const requests = () =>
  instance!.asked.map(({ method, path }) => `${method} ${path.replace(/^\/api\/\w+\/v1/, '')}`);

describe('ft import', () => {
  it('uploads, reads, applies, and tells nobody unless asked to', async () => {
    const ran = await ft(
      ['import', 'list.csv'],
      walk({ state: 'parsing' }, { state: 'ready' }, { state: 'applying' }, { state: 'applied', result }),
    );
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toContain('Applying it: 2 new, 1 changed, 0 unchanged');
    expect(ran.out).toContain('2 recorded, 1 revised, 0 withdrawn, 0 unchanged; nobody was told.');
    const upload = instance!.asked.find(({ path }) => path.endsWith('/uploads'))!;
    expect(upload).toMatchObject({ query: { name: ['list.csv'] }, authorization: 'Bearer abc' });
    expect(upload.body.toString()).toBe(readFileSync(join(folder, 'list.csv'), 'utf8'));
    const apply = instance!.asked.find(({ path }) => path.endsWith('/apply'))!;
    expect(JSON.parse(apply.body.toString())).toEqual({ announce: false });
  });

  it('announces when told to, and passes State and template on', async () => {
    const template = {
      template: 'followthrough-mapping/1',
      id: 'x',
      name: 'X',
      mapping: { columns: { text: 'Text' } },
    };
    writeFileSync(join(folder, 'x.json'), JSON.stringify(template));
    const states = walk({ state: 'ready' }, { state: 'applied', result: { ...result, announced: 3 } });
    const ran = await ft(
      ['import', 'list.csv', '--announce', '--state', 'kenya', '--template', 'x.json', '--json'],
      states,
    );
    expect(JSON.parse(ran.out)).toMatchObject({ state: 'applied' });
    const [begun, apply] = ['imports', 'apply'].map((end) =>
      instance!.asked.find(({ path }) => path.endsWith(end))!,
    );
    expect(JSON.parse(begun!.body.toString())).toEqual({
      uploadId: 'u1',
      mapping: { columns: { text: 'Text' } },
      document: { stateUnderReview: 'KEN' },
    });
    expect(JSON.parse(apply!.body.toString())).toEqual({ announce: true });
  });

  it('changes nothing in a dry run', async () => {
    const ran = await ft(['import', 'list.csv', '--dry-run'], walk({ state: 'ready' }));
    expect(ran.out).toContain('Nothing was changed');
    expect(requests().slice(-1)).toEqual(['DELETE /imports/i1']);
  });

  it('ends with 2 for a file that cannot be read, or not without a mapping', async () => {
    const error = { reason: 'The file is empty.', cure: 'Export it again.' };
    expect(await ft(['import', 'list.csv'], walk({ state: 'failed', error }))).toMatchObject({
      status: 2,
      err: 'The file is empty. Export it again.\n',
    });
    await instance!.stop();
    const unmapped = await ft(
      ['import', 'list.csv'],
      walk({ state: 'needs-mapping', missing: ['stateUnderReview'] }),
    );
    expect(unmapped).toMatchObject({
      status: 2,
      err: expect.stringContaining('does not say its State under review'),
    });
  });
});

describe('ft imports', () => {
  it('lists, shows and takes back', async () => {
    const all = {
      [`GET ${IMPORTS}`]: { body: { total: 1, imports: [{ ...base, state: 'applied' }] } },
      [`GET ${IMPORTS}/i1/rejects`]: {
        body: { total: 1, rejects: [{ at: { line: 7 }, reason: 'Broken.', cure: 'Mend it.' }] },
      },
    };
    expect((await ft(['imports', 'list'], all)).out).toMatch(
      /i1 {2}2026-01-02 03:04 {2}applied {2}3 {5}list\.csv/,
    );
    await instance!.stop();
    const shown = await ft(['imports', 'show', 'i1', '--rejects'], {
      ...all,
      ...walk({ state: 'applied', result }),
    });
    expect(shown.out).toContain('line 7: Broken. Mend it.');
    await instance!.stop();
    const undone = await ft(
      ['imports', 'undo', 'i1'],
      walk({ state: 'undoing' }, { state: 'undone', result }),
    );
    expect(undone).toMatchObject({ status: 0, out: expect.stringContaining('Taken back: ') });
  });
});

describe('ft export', () => {
  it('writes what a filter finds, and never half a file', async () => {
    const answer = { 'GET /api/recommendations/v1/export': { body: 'a,b\r\n' } };
    const ran = await ft(
      ['export', '--state', 'Kenya', 'SVN', '--position', 'noted', '--search', 'trees', '-o', 'out.xlsx'],
      answer,
    );
    expect(ran).toMatchObject({ status: 0, out: '' });
    expect(readFileSync(join(folder, 'out.xlsx'), 'utf8')).toBe('a,b\r\n');
    expect(existsSync(join(folder, 'out.xlsx.part'))).toBe(false);
    expect(instance!.asked.at(-1)!.query).toEqual({
      stateUnderReview: ['KEN', 'SVN'],
      position: ['noted'],
      q: ['trees'],
      format: ['xlsx'],
    });
    await instance!.stop();
    expect((await ft(['export'], answer)).out).toBe('a,b\r\n');
  });

  it('ends with 2 for a State that nobody knows, or a folder that is not there', async () => {
    expect(await ft(['export', '--from', 'Nowhere'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('"Nowhere"'),
    });
    await instance!.stop();
    const answer = { 'GET /api/recommendations/v1/export': { body: 'a' } };
    expect(await ft(['export', '-o', 'missing/out.csv'], answer)).toMatchObject({
      status: 2,
      err: expect.stringContaining('no folder'),
    });
  });
});

describe('ft demo and ft test-mail', () => {
  it('need no account for demonstration data on an empty installation', async () => {
    const accounts = [{ email: 'cso@demo.invalid', name: 'Jonas', roles: [] }];
    const ran = await ft(
      ['demo', 'load'],
      { 'POST /api/portal/v1/demo': { body: { password: 'pass', accounts } } },
      '',
    );
    expect(ran.out).toContain('cso@demo.invalid  Jonas\nPassword of all of them: pass');
    expect(instance!.asked.map(({ authorization }) => authorization)).toEqual(['']);
  });

  it('fail when the mail server refuses', async () => {
    const sent = { outcome: 'refused', code: '550', detail: 'no such user', route: 'relay' };
    const ran = await ft(['test-mail', 'a@b.example'], {
      'POST /api/notifications/v1/test-mail': { body: sent },
    });
    expect(ran).toMatchObject({
      status: 1,
      err: 'The mail server did not take the mail (550): no such user\n',
    });
  });
});

describe('an instance', () => {
  it('that does not answer, or is something else, is told from one that refuses', async () => {
    const [list, other] = [
      ['imports', 'list'],
      { 'GET /api/recommendations/v1/imports': { status: 200, body: '<html>' } },
    ];
    expect(await run(list, { url: 'http://127.0.0.1:9' })).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^http:|^Nothing answers/),
    });
    expect(await ft(list, other as Record<string, Answered>)).toMatchObject({
      status: 1,
      err: expect.stringContaining('is not Followthrough'),
    });
    await instance!.stop();
    expect(await ft(list, { [`GET ${IMPORTS}`]: problem(403, 'You may not.') })).toMatchObject({
      status: 1,
      err: 'You may not.\n',
    });
    await instance!.stop();
    expect(await ft(list, { [`GET ${IMPORTS}`]: problem(401, 'Sign in.') }, '')).toMatchObject({
      status: 1,
      err: 'Sign in first: set FT_TOKEN to the secret of a service account.\n',
    });
  });

  it('that is starting is waited for', async () => {
    const starting: Answered = {
      status: 503,
      body: 'Followthrough is starting.\n',
      headers: { 'retry-after': '1' },
    };
    const ran = await ft(['imports', 'list'], {
      [`GET ${IMPORTS}`]: [starting, { body: { total: 0, imports: [] } }],
    });
    expect(ran).toMatchObject({ status: 0, out: 'Nothing has been imported yet.\n' });
  });

  it('is asked for a token once, and again before it ends', async () => {
    let tokens = 0;
    instance = await fakeInstance(({ path }) => {
      if (path === '/api/portal/v1/token')
        return { body: { accessToken: `t${(tokens += 1)}`, expiresIn: tokens === 1 ? 10 : 300 } };
      return path.endsWith('/i1')
        ? { body: { ...base, state: 'applied' } }
        : { body: { total: 0, rejects: [] } };
    });
    await run(['imports', 'show', 'i1', '--rejects'], { url: instance.url, token: 'secret' });
    const asked = instance.asked.map(({ path, authorization }) =>
      path.endsWith('token') ? 'token' : authorization,
    );
    expect(asked).toEqual(['token', 'Bearer t1', 'token', 'Bearer t2']);
  });
});
