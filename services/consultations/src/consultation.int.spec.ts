import { v7 as uuidv7 } from 'uuid';
import {
  ACTIONS_OF_SECTIONS,
  DEVELOPMENTS,
  SECTIONS_OF_ACTION,
} from './outbound/consultation/lineage.reader';
import { memberOf, RoadmapWorld, tokenOf } from './testing/roadmap-world';
import { writtenAction } from './testing/written-action';

const NGO = '0199c3f0-0000-7000-8000-0000000000a1';
const OTHER = '0199c3f0-0000-7000-8000-0000000000a2';
const UNINVITED = '0199c3f0-0000-7000-8000-0000000000a3';
const ngo = memberOf(NGO, 'cso', 'contributor', 'SVN');
const other = memberOf(OTHER, 'nhri', 'contributor', 'SVN');
const uninvited = memberOf(UNINVITED, 'cso', 'contributor', 'SVN');

describe('a consultation', () => {
  let world: RoadmapWorld;
  let recommendation: string;
  let unrelated: string;
  beforeAll(async () => {
    world = await RoadmapWorld.open();
    recommendation = await world.recommendation({ paragraph: '1.1', theme: 'education' });
    unrelated = await world.recommendation({ paragraph: '1.2', theme: 'health' });
  });
  beforeEach(() => world.clock.set('2026-01-15T12:00:00Z'));
  afterAll(() => world.close());

  const fields = (given: object = {}) => ({
    title: 'Education',
    purpose: 'What should the roadmap say?',
    facilitator: 'Ombudsman',
    filter: { theme: ['education'] },
    opensAt: '2026-02-01T09:00',
    closesAt: '2026-03-01T23:59',
    timeZone: 'Europe/Ljubljana',
    submissionsVisibleTo: 'facilitator',
    ...given,
  });
  const convene = async (given: object = {}): Promise<string> =>
    (await world.json('POST', '/consultations', { body: { stateUnderReview: 'SVN', ...fields(given) } }))
      .consultationId;
  const view = (id: string, token = tokenOf('coordinator', 'SVN')) =>
    world.json('GET', `/consultations/${id}`, { token });
  const step = async (id: string, name: string, reason = '') =>
    world.json('POST', `/consultations/${id}/steps`, {
      body: { version: (await view(id)).consultation.version, step: name, reason },
    });
  const refusedStep = async (id: string, name: string) =>
    world.refusal('POST', `/consultations/${id}/steps`, {
      body: { version: (await view(id)).consultation.version, step: name },
    });
  const invite = (id: string, cls: string, organisation: string, organisationId: string | null = null) =>
    world.json('POST', `/consultations/${id}/invitations`, {
      body: { class: cls, organisation, organisationId },
    });
  const open = async (given: object = {}): Promise<string> => {
    const id = await convene(given);
    await invite(id, 'cso', 'School for all', NGO);
    await invite(id, 'nhri', 'Ombudsman', OTHER);
    await step(id, 'schedule');
    world.clock.set('2026-02-10T12:00:00Z');
    await step(id, 'open');
    return id;
  };
  const sections = (body = 'Train teachers') => [
    { targetType: 'recommendation', targetId: recommendation, body },
  ];
  const begin = async (id: string, token = ngo, body = 'Train teachers'): Promise<string> =>
    (
      await world.json('POST', `/consultations/${id}/submissions`, {
        token,
        body: { language: 'en', sections: sections(body) },
      })
    ).submissionId;
  const handIn = async (id: string, token = ngo, body?: string): Promise<string> => {
    const submissionId = await begin(id, token, body);
    await world.json('POST', `/submissions/${submissionId}/steps`, {
      token,
      body: { version: 1, step: 'submit' },
    });
    return submissionId;
  };
  const desk = (id: string) => world.json('GET', `/consultations/${id}/desk`);
  const action = async (): Promise<{ roadmapId: string; actionId: string }> => {
    const { roadmapId } = await world.json('POST', '/roadmaps', {
      body: { stateUnderReview: 'SVN', title: 'Roadmap', gapRule: 'print' },
    });
    const { actionId } = await world.json('POST', `/roadmaps/${roadmapId}/actions`, {
      body: writtenAction({ recommendationIds: [recommendation] }),
    });
    return { roadmapId, actionId };
  };

  it('is about what its filter finds when it is scheduled, at instants of its zone, and is hidden until then', async () => {
    const id = await convene();
    expect((await world.request('GET', `/consultations/${id}`)).status).toBe(404);
    await step(id, 'schedule');
    const late = await world.recommendation({ paragraph: '1.9', theme: 'education' });
    const { consultation, recommendations } = await world.json('GET', `/consultations/${id}`, {
      token: undefined,
    });
    expect(consultation).toMatchObject({
      opensAt: '2026-02-01T08:00:00.000Z',
      closesAt: '2026-03-01T22:59:00.000Z',
    });
    expect(recommendations.map((line: any) => line.recommendationId)).toEqual([recommendation]);
    await world.database.query('delete from recommendation_copy where recommendation_id = $1', [late]);
    expect(
      await world.refusal('PUT', `/consultations/${id}`, {
        body: { version: 2, ...fields({ submissionsVisibleTo: 'public' }) },
      }),
    ).toEqual([409, 'consultation-not-a-draft']);
  });

  it.each<[string, object, number, string]>([
    ['a time that the zone skips', { opensAt: '2026-03-29T02:30' }, 422, 'time-does-not-exist'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 422, 'time-zone-unknown'],
    ['a close before the opening', { closesAt: '2026-01-01T00:00' }, 422, 'closes-before-it-opens'],
    ['a filter that is none', { filter: { theem: ['x'] } }, 400, 'request-not-understood'],
  ])('is not convened with %s', async (_, given, status, slug) => {
    const body = { stateUnderReview: 'SVN', ...fields(given) };
    expect(await world.refusal('POST', '/consultations', { body })).toEqual([status, slug]);
  });

  it('opens for two classes at least, takes in what is in time, and closes at its instant', async () => {
    const id = await convene();
    await invite(id, 'cso', 'School for all', NGO);
    await step(id, 'schedule');
    world.clock.set('2026-02-10T12:00:00Z');
    expect(await refusedStep(id, 'open')).toEqual([409, 'too-few-classes']);
    await invite(id, 'nhri', 'Ombudsman', OTHER);
    await step(id, 'open');
    const submissionId = await begin(id);
    const submit = () =>
      world.refusal('POST', `/submissions/${submissionId}/steps`, {
        token: ngo,
        body: { version: 1, step: 'submit' },
      });
    world.clock.set('2026-03-01T22:59:00Z');
    expect(await submit()).toEqual([409, 'consultation-over']);
    expect(
      await world.refusal('POST', `/consultations/${id}/submissions`, {
        token: ngo,
        body: { language: 'en', sections: [] },
      }),
    ).toEqual([409, 'consultation-over']);
    world.clock.set('2026-03-01T22:58:59Z');
    await world.json('POST', `/submissions/${submissionId}/steps`, {
      token: ngo,
      body: { version: 1, step: 'submit' },
    });
    expect(await submit()).toEqual([409, 'changed-meanwhile']);
  });

  it('hears those who are invited, about what it is about', async () => {
    const id = await open();
    const path = `/consultations/${id}/submissions`;
    const body = { language: 'en', sections: sections() };
    expect(await world.refusal('POST', path, { token: uninvited, body })).toEqual([403, 'not-invited']);
    expect(
      await world.refusal('POST', path, { token: memberOf(NGO, 'cso', 'contributor', 'HRV'), body }),
    ).toEqual([403, 'not-your-state']);
    const outside = {
      language: 'en',
      sections: [{ targetType: 'recommendation', targetId: unrelated, body: 'x' }],
    };
    expect(await world.refusal('POST', path, { token: ngo, body: outside })).toEqual([
      422,
      'target-not-of-this-consultation',
    ]);
    const empty = await world.json('POST', path, { token: ngo, body: { language: 'en', sections: [] } });
    expect(
      await world.refusal('POST', `/submissions/${empty.submissionId}/steps`, {
        token: ngo,
        body: { version: 1, step: 'submit' },
      }),
    ).toEqual([409, 'submission-empty']);
  });

  it('publishes no outcome before each section has its fate and reason; of two at once one wins', async () => {
    const id = await open();
    await handIn(id, ngo);
    await handIn(id, other, 'Equip schools');
    const withdrawn = await handIn(id, ngo, 'Never mind');
    await world.json('POST', `/submissions/${withdrawn}/steps`, {
      token: ngo,
      body: { version: 2, step: 'withdraw' },
    });
    world.clock.set('2026-03-02T00:00:00Z');
    const [section] = (await desk(id)).sections;
    const decide = (sectionId: string, version = 0, reason = 'Funded') =>
      world.request('PUT', `/sections/${sectionId}/disposition`, {
        token: tokenOf('coordinator', 'SVN'),
        body: { version, outcome: 'adopted', reason },
      });
    expect((await decide(section.sectionId)).status).toBe(409);
    await step(id, 'close');
    expect((await decide(section.sectionId, 0, '  ')).status).toBe(400);
    const twice = await Promise.all([decide(section.sectionId), decide(section.sectionId)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([204, 409]);
    await step(id, 'draft-outcome');
    expect(await refusedStep(id, 'publish-outcome')).toEqual([409, 'sections-without-disposition']);
    expect((await world.json('GET', `/consultations/${id}`, { token: undefined })).outcome).toBeNull();

    const left = (await desk(id)).sections.filter((one: any) => one.outcome === null);
    for (const { sectionId } of left) await decide(sectionId);
    const { meetingId } = await world.json('POST', `/consultations/${id}/meetings`, {
      body: {
        heldOn: '2026-02-20',
        place: 'Ljubljana',
        attendance: [{ class: 'cso', organisation: 'School for all', persons: 3 }],
        minutes: 'Agreed',
        minutesState: 'circulated',
      },
    });
    expect(await refusedStep(id, 'publish-outcome')).toEqual([409, 'minutes-not-approved']);
    const minutes = {
      heldOn: '2026-02-20',
      place: 'Ljubljana',
      attendance: [],
      minutes: 'Agreed',
      minutesState: 'approved',
    };
    await world.json('PUT', `/meetings/${meetingId}`, { body: { version: 1, ...minutes } });
    expect(
      await world.refusal('PUT', `/meetings/${meetingId}`, { body: { version: 2, ...minutes } }),
    ).toEqual([409, 'minutes-approved']);
    await world.published();
    await step(id, 'publish-outcome');
    const { outcome } = await world.json('GET', `/consultations/${id}`, { token: undefined });
    expect(outcome.map((one: any) => [one.class, one.outcome, one.reason])).toEqual(
      expect.arrayContaining([
        ['cso', 'adopted', 'Funded'],
        ['nhri', 'adopted', 'Funded'],
      ]),
    );
    expect(outcome).toHaveLength(2);
    expect(await world.published()).toEqual([
      expect.objectContaining({
        type: 'OutcomePublished',
        visibility: 'public',
        data: expect.objectContaining({ organisationIds: [NGO, OTHER] }),
      }),
    ]);
    expect((await decide(section.sectionId, 1)).status).toBe(409);
  });

  it('takes paper with its provenance, in time only', async () => {
    const id = await open();
    const paper = (given: object = {}) => ({
      class: 'academia',
      organisation: 'University',
      language: 'fr',
      receivedOn: '2026-02-09',
      provenance: 'Letter of 3 February, handed over by its registry',
      sections: sections(),
      ...given,
    });
    const path = `/consultations/${id}/paper`;
    expect(
      (
        await world.request('POST', path, {
          token: tokenOf('coordinator', 'SVN'),
          body: paper({ provenance: '' }),
        })
      ).status,
    ).toBe(400);
    expect(await world.refusal('POST', path, { body: paper({ receivedOn: '2026-03-05' }) })).toEqual([
      422,
      'paper-too-late',
    ]);
    const { submissionId } = await world.json('POST', path, { body: paper() });
    expect(await world.json('GET', `/submissions/${submissionId}`)).toMatchObject({
      origin: 'paper',
      state: 'submitted',
      provenance: expect.stringContaining('registry'),
    });
    expect((await desk(id)).sections[0]).toMatchObject({ class: 'academia', organisation: 'University' });
  });

  it.each<[string, [boolean, boolean, boolean]]>([
    ['facilitator', [false, false, false]],
    ['participants', [true, false, false]],
    ['public', [true, true, true]],
  ])(
    'whose submissions are for %s shows them to no one else, before and after',
    async (submissionsVisibleTo, shown) => {
      const id = await open({ submissionsVisibleTo });
      const submissionId = await handIn(id);
      const reads = async () =>
        Promise.all(
          [other, uninvited, undefined].map(
            async (token) =>
              (await world.request('GET', `/submissions/${submissionId}`, { token })).status === 200,
          ),
        );
      expect(await reads()).toEqual([false, false, false]);
      expect((await world.request('GET', `/submissions/${submissionId}`, { token: ngo })).status).toBe(200);
      world.clock.set('2026-03-02T00:00:00Z');
      await step(id, 'close');
      const [{ sectionId }] = (await desk(id)).sections;
      await world.json('PUT', `/sections/${sectionId}/disposition`, {
        body: { version: 0, outcome: 'noted', reason: 'Later' },
      });
      await step(id, 'draft-outcome');
      await step(id, 'publish-outcome');
      expect(await reads()).toEqual(shown);
      const { section } = await world.json('GET', `/lineage/sections/${sectionId}`, { token: undefined });
      expect([section.outcome, section.body !== null, section.organisation !== '']).toEqual([
        'noted',
        shown[2],
        shown[2],
      ]);
    },
  );

  it('tells who contributed what became of it, from section to action to development and back', async () => {
    const id = await open();
    await handIn(id);
    world.clock.set('2026-03-02T00:00:00Z');
    await step(id, 'close');
    const { roadmapId, actionId } = await action();
    const [{ sectionId }] = (await desk(id)).sections;
    await world.json('PUT', `/sections/${sectionId}/disposition`, {
      body: { version: 0, outcome: 'adopted', reason: 'Good', actionIds: [actionId] },
    });
    const own = async () =>
      (await world.json('GET', '/contributions', { token: ngo })).contributions.find(
        (one: any) => one.consultation.consultationId === id,
      ).sections[0];
    expect(await own()).toMatchObject({ sectionId, outcome: null, actions: [] });
    await step(id, 'draft-outcome');
    await step(id, 'publish-outcome');
    // An action that nobody has adopted is told to nobody.
    expect(await own()).toMatchObject({ outcome: 'adopted', reason: 'Good', actions: [] });
    const { roadmap } = await world.json('GET', `/roadmaps/${roadmapId}?edition=draft`);
    await world.json('POST', `/roadmaps/${roadmapId}/steps`, {
      body: { version: roadmap.version, step: 'adopt' },
    });
    world.clock.set('2028-05-01T00:00:00Z');
    await world.json('POST', `/roadmaps/${roadmapId}/actions/${actionId}/steps`, {
      body: { version: 2, step: 'start' },
    });
    const developments = [
      { actionId, on: '2026-03-02', kind: 'step', what: 'agree' },
      { actionId, on: '2028-05-01', kind: 'step', what: 'start' },
    ];
    expect(await own()).toMatchObject({ actions: [{ actionId, state: 'in-progress', developments }] });
    expect(await world.json('GET', `/lineage/sections/${sectionId}`, { token: undefined })).toMatchObject({
      actions: [{ actionId, developments }],
    });
    expect(await world.json('GET', `/lineage/actions/${actionId}`, { token: undefined })).toMatchObject({
      sections: [{ sectionId, outcome: 'adopted', organisation: '', body: null }],
    });
    expect((await world.json('GET', '/contributions', { token: uninvited })).contributions).toEqual([]);
  });

  it('puts neither author, text nor instant of a submission into an event, a step or an audit record', async () => {
    const id = await open();
    await world.published();
    const submissionId = await handIn(id, ngo, 'Unmistakable words');
    expect(submissionId[14]).toBe('4');
    const rows = await world.database.query(
      `select o.id, o.occurredat::text as at, o.payload, o.visibility from outbox o where aggregateid = $1`,
      [submissionId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ visibility: 'internal', at: expect.stringMatching(/ 00:00:00/) });
    expect(rows[0].id[14]).toBe('4');
    const sinks = JSON.stringify([
      rows,
      await world.database.query('select * from consultation_transition where subject_id = $1', [
        submissionId,
      ]),
      await world.database.query('select * from audit_record'),
    ]);
    for (const secret of ['Unmistakable', NGO, 'School for all', '2026-02-10T12:00'])
      expect(sinks).not.toContain(secret);
  });

  it('finds the way both ways by indexes, whatever the number of sections', async () => {
    const [{ id: consultationId }] = await world.database.query('select id from consultation limit 1');
    await world.database.query(
      `with made as (
         insert into submission (id, consultation_id, version, tier, state, class, organisation, language, origin, provenance)
         select gen_random_uuid(), $1, 1, 'named', 'submitted', 'cso', 'x', 'en', 'web', '' from generate_series(1, 4000)
         returning id),
       sections as (
         insert into submission_section (id, submission_id, position, target_type, target_id, body)
         select gen_random_uuid(), id, n, 'recommendation', $2, 'x' from made, generate_series(1, 5) n returning id)
       insert into lineage (from_type, from_id, to_type, to_id, relation)
       select 'section', id, 'action', gen_random_uuid(), 'derived' from sections`,
      [consultationId, recommendation],
    );
    const { actionId } = await action();
    await world.database.query(
      `insert into roadmap_transition select 'action', gen_random_uuid(), roadmap_id, 1, 'start', 'agreed', 'in-progress', '', now(), 'x'
       from roadmap_action, generate_series(1, 20000) where id = $1`,
      [actionId],
    );
    await world.database.query(
      `insert into roadmap_action select gen_random_uuid(), roadmap_id, 1, 'agreed', null, content
       from roadmap_action, generate_series(1, 5000) where id = $1`,
      [actionId],
    );
    await world.database.query('analyze');
    const [{ id: sectionId }] = await world.database.query('select id from submission_section limit 1');
    const scans = async (sql: string, parameter: unknown) => {
      const [{ 'QUERY PLAN': plan }] = await world.database.query(`explain (format json) ${sql}`, [
        parameter,
      ]);
      return [...JSON.stringify(plan).matchAll(/"Node Type":"Seq Scan"[^}]*?"Relation Name":"(\w+)"/g)].map(
        ([, name]) => name,
      );
    };
    const large = ['lineage', 'submission', 'submission_section', 'roadmap_action', 'roadmap_transition'];
    for (const [sql, parameter] of [
      [SECTIONS_OF_ACTION, uuidv7()],
      [ACTIONS_OF_SECTIONS, [sectionId]],
      [DEVELOPMENTS, [actionId]],
    ] as const) {
      expect((await scans(sql, parameter)).filter((name) => large.includes(name!))).toEqual([]);
    }
    // Seen to fail where there is none.
    expect(await scans('select from submission_section where body = $1', 'y')).toEqual([
      'submission_section',
    ]);
  });
});
