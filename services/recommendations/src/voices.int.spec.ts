import type { Role } from '@followthrough/service-kit';
import { xlsxFile } from '@followthrough/imports/fixtures';
import { keepOrganisations, type OrganisationStated } from './outbound/organisation-copies';
import { TellState } from './usecases/tell-state';
import { tableFile } from './testing/csv-files';
import {
  RecommendationsWorld,
  speaker,
  speakers,
  tokenOf,
  type Speaker,
} from './testing/recommendations-world';

const headings = ['State under review', 'Cycle', 'Document symbol', 'Paragraph', 'Text', 'Position'];
const file = tableFile(
  headings,
  ['Slovenia', 'Slovenia', 'Croatia'].map((state, index) => [
    state,
    '4',
    'A/HRC/59/15',
    `140.${index + 1}`,
    `Text ${index + 1}`,
    'Supported',
  ]),
);

const ministry = speaker('ministry', 'focal-point', 'SVN');
const coordinator = speaker('government', 'coordinator', 'SVN');
const nhri = speaker('nhri', 'validator', 'SVN');
const cso = speaker('cso', 'contributor', 'SVN');
const donor = speaker('donor', 'contributor', 'SVN');

describe('what has happened, and who says so', () => {
  let world: RecommendationsWorld;
  let slovene: string[];
  let croat: string;
  beforeAll(async () => {
    world = await RecommendationsWorld.open();
    await world.apply((await world.read(file)).id);
    const idsOf = async (state: string) =>
      (await world.json('GET', `/recommendations?stateUnderReview=${state}`)).recommendations.map(
        ({ id }: { id: string }) => id,
      );
    slovene = await idsOf('SVN');
    [croat] = await idsOf('HRV');
  });
  afterAll(() => world.close());
  beforeEach(() => world.published());

  const status = async (method: string, path: string, token?: string, body?: unknown) =>
    (await world.request(method, path, { token, body })).status;
  const problem = async (method: string, path: string, token: string, body?: unknown) => {
    const answer = await world.request(method, path, { token, body });
    return [answer.status, ((await answer.json()) as { type: string }).type.replace(/.*:/, '')];
  };
  const fact = (change: object = {}) => ({
    recommendationIds: [slovene[0]],
    kind: 'law',
    happenedOn: '2026-01-10',
    title: 'Act on legal aid',
    text: 'Adopted at third reading.',
    language: 'en',
    link: 'https://parliament.example/acts/1',
    ...change,
  });
  const finding = (change: object = {}) => ({
    recommendationId: slovene[0],
    verdict: 'limited',
    summary: 'The act was passed; no office has been opened.',
    language: 'en',
    method: 'Visits to four provinces.',
    evidence: [{ title: 'Annual report', url: 'https://nhri.example/report' }],
    assessedOn: '2026-01-12',
    ...change,
  });
  const write = (token: string, change: object = {}) =>
    world.json('POST', '/developments', { token, body: fact(change) });
  const assess = (token: string, change: object = {}) =>
    world.json('POST', '/assessments', { token, body: finding(change) });
  const forget = () => world.database.query('delete from assessment');

  describe('a development', () => {
    it('is written, reviewed by another and then public, with one event', async () => {
      const { id, version } = await write(ministry);
      expect(
        await world.json('POST', `/developments/${id}/submit`, { token: ministry, body: { version } }),
      ).toMatchObject({
        state: 'in-review',
        version: 2,
      });
      expect(await world.published()).toEqual([]);
      await world.json('POST', `/developments/${id}/publish`, { token: coordinator, body: { version: 2 } });
      const seen = await (await world.request('GET', `/developments/${id}`)).json();
      expect(seen).toMatchObject({
        state: 'published',
        title: 'Act on legal aid',
        recommendationIds: [slovene[0]],
      });
      expect(JSON.stringify(seen)).not.toContain('member-');
      const events = await world.published();
      expect(events).toEqual([
        expect.objectContaining({
          type: 'DevelopmentPublished',
          aggregateId: id,
          version: 1,
          stateUnderReview: 'SVN',
          visibility: 'public',
          data: {
            announce: true,
            development: expect.objectContaining({
              developmentId: id,
              recommendationIds: [slovene[0]],
              kind: 'law',
              happenedOn: '2026-01-10',
              organisationId: speakers.ministry,
              organisationClass: 'government',
            }),
          },
        }),
      ]);
      expect(JSON.stringify(events)).not.toContain('member-');
      const steps = await world.database.query(
        'select step, from_state, to_state from voice_transition where subject_id = $1 order by id',
        [id],
      );
      expect(steps.map(Object.values)).toEqual([
        ['draft', null, 'draft'],
        ['submit', 'draft', 'in-review'],
        ['publish', 'in-review', 'published'],
      ]);
    });

    it('is withdrawn with a reason, says so ever after, and says no more what it said', async () => {
      const { id } = await write(ministry, { submit: true });
      await world.json('POST', `/developments/${id}/publish`, {
        token: nhri,
        body: { version: 1, announce: false },
      });
      expect(await problem('POST', `/developments/${id}/withdraw`, ministry, { version: 2 })).toEqual([
        422,
        'reason-missing',
      ]);
      await world.json('POST', `/developments/${id}/withdraw`, {
        token: ministry,
        body: { version: 2, reason: 'The act was annulled.' },
      });
      expect(await (await world.request('GET', `/developments/${id}`)).json()).toMatchObject({
        state: 'withdrawn',
        reason: 'The act was annulled.',
        title: '',
      });
      const list = await world.json('GET', '/developments');
      expect(list.developments.map((row: any) => row.id)).not.toContain(id);
      expect(
        (await world.published()).map(({ type, version, data }) => [type, version, data.announce]),
      ).toEqual([
        ['DevelopmentPublished', 1, undefined],
        ['DevelopmentWithdrawn', 2, undefined],
      ]);
    });

    it('is returned with a reason, and from then on its author alone sees what they make of it', async () => {
      const { id } = await write(ministry, { submit: true });
      expect(await status('GET', `/developments/${id}`, coordinator)).toBe(200);
      await world.json('POST', `/developments/${id}/return`, {
        token: coordinator,
        body: { version: 1, reason: 'Which reading was it?' },
      });
      expect(await status('GET', `/developments/${id}`, coordinator)).toBe(404);
      expect(await world.json('GET', `/developments/${id}`, { token: ministry })).toMatchObject({
        state: 'returned',
        reason: 'Which reading was it?',
      });
      const edited = await world.json('PATCH', `/developments/${id}`, {
        token: ministry,
        body: { version: 2, set: { text: 'Third reading.', recommendationIds: slovene } },
      });
      expect(edited).toMatchObject({ state: 'returned', version: 3, recommendationIds: [...slovene].sort() });
      expect(await world.published()).toEqual([]);
    });

    it('of two at once lets one win, and answers the other with 409', async () => {
      const { id } = await write(ministry, { submit: true });
      const answers = await Promise.all(
        [coordinator, nhri, tokenOf('administrator', 'SVN')].map((token) =>
          status('POST', `/developments/${id}/publish`, token, { version: 1 }),
        ),
      );
      expect(answers.sort()).toEqual([200, 409, 409]);
      expect(await world.published()).toHaveLength(1);
      const draft = await write(ministry);
      const edits = await Promise.all(
        ['One', 'Two'].map((title) =>
          status('PATCH', `/developments/${draft.id}`, ministry, { version: 1, set: { title } }),
        ),
      );
      expect(edits.sort()).toEqual([200, 409]);
    });

    it('refuses what is wrong with a sentence that says what to do', async () => {
      const about = (change: object) => problem('POST', '/developments', ministry, fact(change));
      expect(await about({ recommendationIds: [croat] })).toEqual([403, 'not-your-state']);
      expect(await about({ recommendationIds: [slovene[0], croat] })).toEqual([422, 'not-one-state']);
      expect(await about({ recommendationIds: [speakers.un] })).toEqual([422, 'recommendation-not-held']);
      expect(await about({ happenedOn: '2026-02-01' })).toEqual([422, 'date-ahead']);
      expect(await about({ link: 'javascript:alert(1)' })).toEqual([400, 'request-not-understood']);
      expect(await about({ kind: 'rumour' })).toEqual([400, 'request-not-understood']);
      const own = await write(coordinator, { submit: true });
      expect(await problem('POST', `/developments/${own.id}/publish`, coordinator, { version: 1 })).toEqual([
        403,
        'own-development',
      ]);
    });

    describe('from a list', () => {
      const rows = [
        ['Document symbol', 'Paragraph', 'Kind', 'Date', 'Title', 'Link'],
        ['A/HRC/59/15', '140.1; 140.2', 'law', '2026-01-03', 'A cluster', 'https://law.example/1'],
        ['A/HRC/59/15', '140.9', 'law', '2026-01-03', 'Nowhere', 'https://law.example/2'],
        ['A/HRC/59/15', '140.3', 'law', '2026-01-03', 'Another State', 'https://law.example/3'],
        ['A/HRC/59/15', '140.1', 'gossip', '2026-01-03', 'No kind', 'https://law.example/4'],
        ['A/HRC/59/15', '140.1', 'budget', '2026-01-04', 'A line', 'https://law.example/5'],
      ];
      const send = (bytes: Buffer) =>
        world.json('POST', '/developments/from-file?submit=true', { token: ministry, bytes });

      it.each([
        ['CSV', () => tableFile(rows[0]!, rows.slice(1)).bytes, 'line 3'],
        ['XLSX', () => xlsxFile({ sheets: [{ name: 'List', rows }] }), 'List, row 3'],
      ])(
        'is written row by row from %s; a bad row says where it stands and rejects no other',
        async (_, bytes, where) => {
          await world.database.query('delete from development');
          const answer = await send(bytes());
          expect(answer).toMatchObject({ written: 2, present: 0, rejected: 3 });
          expect(answer.rows.map((row: any) => row.state)).toEqual([
            'written',
            'rejected',
            'rejected',
            'rejected',
            'written',
          ]);
          expect(answer.rows[1]).toMatchObject({ where, title: 'Nowhere' });
          expect(answer.rows.every((row: any) => row.state === 'written' || (row.reason && row.cure))).toBe(
            true,
          );
          const cluster = await world.json('GET', `/developments/${answer.rows[0].id}`, { token: ministry });
          expect(cluster).toMatchObject({ state: 'in-review', recommendationIds: [...slovene].sort() });
        },
      );

      it('writes nothing twice where it is sent again', async () => {
        await world.database.query('delete from development');
        await send(tableFile(rows[0]!, rows.slice(1)).bytes);
        expect(await send(xlsxFile({ sheets: [{ name: 'List', rows }] }))).toMatchObject({
          written: 0,
          present: 2,
          rejected: 3,
        });
      });

      it('says what is missing where it is no such list', async () => {
        const answer = await world.request('POST', '/developments/from-file', {
          token: ministry,
          bytes: Buffer.from('a,b\n1,2\n'),
        });
        expect([answer.status, await answer.json()]).toEqual([
          422,
          expect.objectContaining({
            detail: expect.stringContaining('missing: id, kind, date, title, link'),
          }),
        ]);
      });
    });
  });

  describe('an assessment', () => {
    beforeEach(forget);

    it('is drafted, published and revised by its organisation; each edition stays', async () => {
      const { id } = await assess(nhri);
      expect(await status('GET', `/assessments/${id}`)).toBe(404);
      expect(await world.published()).toEqual([]);
      await world.json('POST', `/assessments/${id}/publish`, { token: nhri, body: { version: 1 } });
      expect(await problem('POST', `/assessments/${id}/publish`, nhri, { version: 2 })).toEqual([
        409,
        'nothing-to-publish',
      ]);
      await world.json('PATCH', `/assessments/${id}`, {
        token: nhri,
        body: { version: 2, set: { verdict: 'substantial', summary: 'Offices have been opened.' } },
      });
      const before = await (await world.request('GET', `/assessments/${id}`)).json();
      expect(before).toMatchObject({ current: { edition: 1, verdict: 'limited' }, voice: 'nhri' });
      expect(before).not.toHaveProperty('work');
      await world.json('POST', `/assessments/${id}/publish`, { token: nhri, body: { version: 3 } });
      expect(await (await world.request('GET', `/assessments/${id}`)).json()).toMatchObject({
        current: { edition: 2, verdict: 'substantial' },
        earlier: [{ edition: 1, verdict: 'limited' }],
      });
      const events = await world.published();
      expect(events.map(({ type, aggregateId, version }) => [type, aggregateId, version])).toEqual([
        ['AssessmentPublished', id, 1],
        ['AssessmentRevised', id, 2],
      ]);
      expect(events[1]!.data).toMatchObject({
        previousVerdict: 'limited',
        assessment: {
          edition: 2,
          voice: 'nhri',
          organisationId: speakers.nhri,
          recommendationId: slovene[0],
        },
      });
      expect(JSON.stringify(events)).not.toContain('member-');
    });

    it('as a draft is nobody else’s to see or to touch, the coordinator’s and the administrator’s neither', async () => {
      const { id } = await assess(nhri);
      const others = [
        coordinator,
        ministry,
        cso,
        tokenOf('administrator', '*'),
        speaker('nhri', 'validator', 'HRV'),
      ];
      for (const token of others) {
        expect(await status('GET', `/assessments/${id}`, token)).toBe(404);
        const { assessments } = await world.json('GET', `/assessments?recommendationId=${slovene[0]}`, {
          token,
        });
        expect(assessments).toEqual([]);
        const steps: [string, string, object][] = [
          ['PATCH', '', { version: 1, set: { verdict: 'none' } }],
          ['POST', '/publish', { version: 1 }],
          ['POST', '/withdraw', { version: 1, reason: 'x' }],
          ['POST', '/answers', { text: 'No', seen: 0 }],
        ];
        for (const [method, path, body] of steps) {
          expect([403, 404]).toContain(await status(method, `/assessments/${id}${path}`, token, body));
        }
      }
      const { assessments } = await world.json('GET', '/assessments', { token: nhri });
      expect(assessments).toMatchObject([{ id, state: 'draft', work: { version: 1 } }]);
    });

    it('once public is still its author’s alone to change; the coordinator answers beside it', async () => {
      const { id } = await assess(nhri);
      await world.json('POST', `/assessments/${id}/publish`, { token: nhri, body: { version: 1 } });
      for (const token of [coordinator, tokenOf('administrator', '*'), cso]) {
        expect(
          await status('PATCH', `/assessments/${id}`, token, { version: 2, set: { verdict: 'none' } }),
        ).toBe(403);
        expect(await status('POST', `/assessments/${id}/publish`, token, { version: 2 })).toBe(403);
        expect(await status('POST', `/assessments/${id}/withdraw`, token, { version: 2, reason: 'x' })).toBe(
          403,
        );
      }
      // Two coordinators at once: one is heard, the other sees first what was said.
      const answers = await Promise.all(
        ['We differ.', 'Two offices are open.'].map((text) =>
          status('POST', `/assessments/${id}/answers`, coordinator, { text, language: 'en', seen: 0 }),
        ),
      );
      expect(answers.sort()).toEqual([200, 409]);
      // What the author had seen before the answer is still what they may revise.
      await world.json('PATCH', `/assessments/${id}`, {
        token: nhri,
        body: { version: 2, set: { verdict: 'none' } },
      });
      await world.json('POST', `/assessments/${id}/publish`, { token: nhri, body: { version: 3 } });
      expect(await (await world.request('GET', `/assessments/${id}`)).json()).toMatchObject({
        current: { edition: 2, verdict: 'none' },
        answers: [{ number: 1, edition: 1 }],
      });
      expect((await world.published()).map(({ type, version }) => [type, version])).toEqual([
        ['AssessmentPublished', 1],
        ['AssessmentAnswered', 2],
        ['AssessmentRevised', 3],
      ]);
      expect(await problem('POST', `/assessments/${id}/answers`, nhri, { text: 'x', seen: 1 })).toEqual([
        403,
        'not-allowed',
      ]);
    });

    it('is withdrawn by its author with a reason, and may then be given anew', async () => {
      const { id } = await assess(cso);
      await world.json('POST', `/assessments/${id}/publish`, { token: cso, body: { version: 1 } });
      await world.json('POST', `/assessments/${id}/withdraw`, {
        token: cso,
        body: { version: 2, reason: 'The figures were wrong.' },
      });
      expect(await (await world.request('GET', `/assessments/${id}`)).json()).toMatchObject({
        state: 'withdrawn',
        reason: 'The figures were wrong.',
        current: null,
        earlier: [],
      });
      expect((await world.published()).map(({ type, version }) => [type, version])).toEqual([
        ['AssessmentPublished', 1],
        ['AssessmentWithdrawn', 2],
      ]);
      expect((await assess(cso)).id).not.toBe(id);
    });

    it('is one for each organisation and recommendation, of two at once too', async () => {
      const answers = await Promise.all([1, 2].map(() => status('POST', '/assessments', nhri, finding())));
      expect(answers.sort()).toEqual([201, 409]);
      expect(await status('POST', '/assessments', cso, finding())).toBe(201);
    });

    it('of two at once publishes one edition', async () => {
      const { id } = await assess(nhri);
      const answers = await Promise.all(
        [1, 2, 3].map(() => status('POST', `/assessments/${id}/publish`, nhri, { version: 1 })),
      );
      expect(answers.sort()).toEqual([200, 409, 409]);
      expect(await world.published()).toHaveLength(1);
    });
  });

  describe('who may do what', () => {
    beforeEach(forget);
    const all: Role[] = [
      'administrator',
      'coordinator',
      'focal-point',
      'validator',
      'contributor',
      'observer',
      'auditor',
    ];
    const writers: Role[] = ['administrator', 'coordinator', 'focal-point', 'validator', 'contributor'];
    const everyone = (Object.keys(speakers) as Speaker[]).flatMap((of) => all.map((role) => ({ of, role })));

    it('write a development: these roles of any class, in their own State', async () => {
      for (const { of, role } of everyone) {
        const body = fact();
        const own = await status('POST', '/developments', speaker(of, role, 'SVN'), body);
        expect([of, role, own]).toEqual([of, role, writers.includes(role) ? 201 : 403]);
        expect(await status('POST', '/developments', speaker(of, role, 'HRV'), body)).toBe(403);
      }
    });

    it('review one: coordinators and validators of neither civil society nor a donor, in their own State', async () => {
      const reviewers: Role[] = ['administrator', 'coordinator', 'validator'];
      for (const { of, role } of everyone) {
        const { id } = await write(ministry, { submit: true });
        const may = reviewers.includes(role) && of !== 'cso' && of !== 'donor';
        for (const [path, body] of [
          ['publish', { version: 1 }],
          ['return', { version: 1, reason: 'Why?' }],
        ] as const) {
          const elsewhere = await status(
            'POST',
            `/developments/${id}/${path}`,
            speaker(of, role, 'HRV'),
            body,
          );
          expect([403, 404]).toContain(elsewhere);
        }
        const got = await status('POST', `/developments/${id}/publish`, speaker(of, role, 'SVN'), {
          version: 1,
        });
        expect([of, role, got]).toEqual([of, role, may ? 200 : 403]);
      }
    });

    it('give a verdict: these roles of an organisation that is a voice, in their own State', async () => {
      for (const { of, role } of everyone) {
        await forget();
        const may = writers.includes(role) && of !== 'donor';
        const got = await status('POST', '/assessments', speaker(of, role, 'SVN'), finding());
        expect([of, role, got]).toEqual([of, role, may ? 201 : 403]);
        expect(await status('POST', '/assessments', speaker(of, role, 'HRV'), finding())).toBe(403);
      }
      expect(await problem('POST', '/assessments', donor, finding())).toEqual([403, 'not-allowed']);
    });

    it('answer one: coordinators of the State’s own institutions', async () => {
      const answering: Role[] = ['administrator', 'coordinator'];
      const { id } = await assess(nhri);
      await world.json('POST', `/assessments/${id}/publish`, { token: nhri, body: { version: 1 } });
      let seen = 0;
      for (const { of, role } of everyone) {
        const may = answering.includes(role) && (of === 'government' || of === 'ministry');
        const body = { text: 'We differ.', seen };
        expect(await status('POST', `/assessments/${id}/answers`, speaker(of, role, 'HRV'), body)).toBe(403);
        const got = await status('POST', `/assessments/${id}/answers`, speaker(of, role, 'SVN'), body);
        expect([of, role, got]).toEqual([of, role, may ? 200 : 403]);
        if (may) seen += 1;
      }
    });
  });

  it('knows organisations by the name that the directory tells, whatever the order in which it comes', async () => {
    await forget();
    const un = speaker('un', 'contributor', 'SVN');
    const told = (version: number, name: string) =>
      ({
        type: 'portal.v1.OrganisationChanged',
        aggregateId: speakers.un,
        generation: 0,
        version,
        data: { organisation: { name, organisationClass: 'un' } },
      }) as OrganisationStated;
    await world.database.transaction((tx) =>
      keepOrganisations(tx, [told(2, 'Office of the Resident Coordinator'), told(1, 'UN')]),
    );
    const { id } = await assess(un);
    const published = await world.json('POST', `/assessments/${id}/publish`, {
      token: un,
      body: { version: 1 },
    });
    expect(published.current.organisationName).toBe('Office of the Resident Coordinator');
  });

  it('tells the present state again in a snapshot, without news', async () => {
    await forget();
    await world.database.query('delete from development');
    const { id } = await assess(nhri);
    await world.json('POST', `/assessments/${id}/publish`, { token: nhri, body: { version: 1 } });
    await assess(cso);
    const fact = await write(ministry, { submit: true });
    await world.json('POST', `/developments/${fact.id}/publish`, { token: nhri, body: { version: 1 } });
    await write(ministry);
    await world.published();
    const told = await world.database.transaction((tx) => world.app.nest.get(TellState).page(tx, null, 1000));
    expect(told.next).toBeNull();
    expect(
      told.beside!.map(({ type, aggregateId, version, data }) => [
        type,
        aggregateId,
        version,
        (data as { announce?: boolean }).announce,
      ]),
    ).toEqual([
      ['recommendations.v1.DevelopmentPublished', fact.id, 1, false],
      ['recommendations.v1.AssessmentPublished', id, 1, undefined],
    ]);
  });
});
