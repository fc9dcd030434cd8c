import { RoadmapWorld, tokenOf } from './testing/roadmap-world';
import { writtenAction } from './testing/written-action';

describe('a roadmap', () => {
  let world: RoadmapWorld;
  let accepted: string;
  let noted: string;
  beforeAll(async () => {
    world = await RoadmapWorld.open();
    accepted = await world.recommendation({ paragraph: '1.1' });
    noted = await world.recommendation({ paragraph: '1.2', position: 'noted' });
  });
  afterAll(() => world.close());

  const begin = async (more: object = {}): Promise<string> =>
    (await world.json('POST', '/roadmaps', { body: { stateUnderReview: 'SVN', title: 'Roadmap', ...more } }))
      .roadmapId;
  const draft = (id: string) => world.json('GET', `/roadmaps/${id}?edition=draft`);
  const add = async (id: string, given: object = {}): Promise<string> =>
    (await world.json('POST', `/roadmaps/${id}/actions`, { body: writtenAction({ ...given }) })).actionId;
  const step = async (id: string, name: string, reason = '') =>
    world.json('POST', `/roadmaps/${id}/steps`, {
      body: { version: (await draft(id)).roadmap.version, step: name, reason },
    });
  const adopted = async (): Promise<{ id: string; actionId: string }> => {
    const id = await begin();
    const actionId = await add(id, { recommendationIds: [accepted, noted] });
    await step(id, 'adopt');
    await world.published();
    return { id, actionId };
  };
  /** What a client sends back of an action that it was shown. */
  const written = ({
    actionId: _,
    version: __,
    state: ___,
    standing: ____,
    leavingReason: _____,
    values: ______,
    ...action
  }: any) => action;

  it('is refused with gaps, and adopted as version 1 once they are filled', async () => {
    const id = await begin();
    const actionId = await add(id, { leadInstitution: '', dueOn: null, indicators: [] });
    const { roadmap, gaps, actions } = await draft(id);
    expect(gaps.map(({ kind }: any) => kind)).toEqual([
      'lead-missing',
      'date-missing',
      'indicator-missing',
      'coverage-missing',
      'cost-unknown',
      'recommendation-not-covered',
    ]);
    const adopt = (version: number) =>
      world.refusal('POST', `/roadmaps/${id}/steps`, { body: { version, step: 'adopt' } });
    expect(await adopt(roadmap.version)).toEqual([409, 'roadmap-has-gaps']);
    expect(await world.published()).toEqual([]);

    await world.json('PUT', `/roadmaps/${id}/actions/${actionId}`, {
      body: { version: actions[0].version, action: writtenAction({ recommendationIds: [accepted, noted] }) },
    });
    // Whoever adopts must have seen what was written since.
    expect(await adopt(roadmap.version)).toEqual([409, 'changed-meanwhile']);
    const view = await step(id, 'adopt');
    expect(view).toMatchObject({ number: 1, roadmap: { state: 'adopted', adoptedVersion: 1 } });
    expect(view.actions[0]).toMatchObject({
      actionId,
      state: 'agreed',
      recommendationIds: [accepted, noted],
    });
    expect(view.need.years).toEqual([
      { year: 2026, currency: 'EUR', amount: '120000.1', actions: 1, unknown: 0 },
      { year: 2027, currency: 'EUR', amount: '0', actions: 0, unknown: 1 },
    ]);
    expect(await world.published()).toEqual([
      {
        type: 'RoadmapAdopted',
        aggregateId: id,
        version: view.roadmap.version,
        stateUnderReview: 'SVN',
        visibility: 'public',
        data: {
          roadmapId: id,
          roadmapVersion: 1,
          title: 'Roadmap',
          actionIds: [actionId],
          added: 1,
          gaps: 1,
        },
      },
      expect.objectContaining({
        type: 'ActionAdopted',
        aggregateId: actionId,
        data: {
          action: expect.objectContaining({
            actionId,
            recommendationIds: [accepted, noted],
            costs: [
              { year: 2026, currency: 'EUR', amount: '120000.1', source: 'Budget circular' },
              { year: 2027, currency: 'EUR', source: 'Ministry, not yet estimated' },
            ],
          }),
        },
      }),
    ]);
  });

  it('whose rule is to print is adopted with its gaps, and prints them as they were', async () => {
    const id = await begin({ gapRule: 'print' });
    await add(id, { leadInstitution: '' });
    const view = await step(id, 'adopt');
    expect(view.gaps.map(({ kind }: any) => kind)).toContain('lead-missing');
    await world
      .recommendation({ paragraph: '9.9', state: 'SVN' })
      .then((recommendationId) =>
        world.database.query('update recommendation_copy set withdrawn = true where recommendation_id = $1', [
          recommendationId,
        ]),
      );
    expect((await world.json('GET', `/roadmaps/${id}`)).gaps).toEqual(view.gaps);
  });

  it('keeps version 1 as it was when version 2 changes, adds and drops, and shows the differences', async () => {
    const { id, actionId } = await adopted();
    const before = await world.json('GET', `/roadmaps/${id}?edition=1`);
    await step(id, 'revise');
    const { actions } = await draft(id);
    const action = { ...written(actions[0]), dueOn: '2029-06-30', recommendationIds: [accepted] };
    await world.json('PUT', `/roadmaps/${id}/actions/${actionId}`, {
      body: { version: actions[0].version, action },
    });
    const second = await add(id, { number: '2', title: 'Second', recommendationIds: [noted] });
    // Nobody outside sees the draft of the revision.
    expect((await world.json('GET', `/roadmaps/${id}`, { token: undefined })).actions).toHaveLength(1);
    await step(id, 'adopt', 'Mid-term');

    expect(await world.json('GET', `/roadmaps/${id}?edition=1`)).toMatchObject({
      plan: before.plan,
      actions: before.actions.map(written),
    });
    const found = await world.json('GET', `/roadmaps/${id}/differences?from=1&to=2`, { token: undefined });
    expect(
      found.actions.map(({ change, actionId: of, fields }: any) => [
        change,
        of,
        fields.map((f: any) => f.field),
      ]),
    ).toEqual([
      ['changed', actionId, ['dueOn', 'recommendationIds']],
      ['added', second, []],
    ]);
    expect((await world.published()).map(({ type, data }) => [type, data.changedFields])).toEqual([
      ['RoadmapAdopted', undefined],
      ['ActionRevised', ['dueOn', 'recommendationIds']],
      ['ActionAdopted', undefined],
    ]);

    await step(id, 'revise');
    const removal = `/roadmaps/${id}/actions/${second}/removal`;
    const { version } = (await draft(id)).actions[1];
    expect(await world.refusal('POST', removal, { body: { version } })).toEqual([422, 'reason-missing']);
    await world.json('POST', removal, { body: { version, reason: 'Done by another' } });
    await step(id, 'adopt');
    expect((await world.published()).map(({ type, aggregateId }) => [type, aggregateId])).toEqual([
      ['RoadmapAdopted', id],
      ['ActionDropped', second],
    ]);
    expect(await world.json('GET', `/actions?recommendationId=${noted}`)).not.toMatchObject({
      actions: expect.arrayContaining([expect.objectContaining({ actionId: second })]),
    });
    await expect(
      world.database.query(`update roadmap_version set note = 'x' where roadmap_id = $1`, [id]),
    ).rejects.toThrow('never changed');
  });

  it('goes back to the version in force when a revision is dropped', async () => {
    const { id, actionId } = await adopted();
    const before = await world.json('GET', `/roadmaps/${id}`);
    await step(id, 'revise');
    const { actions, roadmap } = await draft(id);
    await world.json('PATCH', `/roadmaps/${id}`, { body: { version: roadmap.version, title: 'Other' } });
    await world.json('PUT', `/roadmaps/${id}/actions/${actionId}`, {
      body: { version: actions[0].version, action: { ...written(actions[0]), title: 'Other' } },
    });
    await add(id, { number: '2' });
    await step(id, 'drop-revision');
    expect(await world.json('GET', `/roadmaps/${id}/differences?from=1&to=draft`)).toEqual({
      fields: [],
      actions: [],
    });
    expect((await world.json('GET', `/roadmaps/${id}`)).actions.map(written)).toEqual(
      before.actions.map(written),
    );
    expect(await world.published()).toEqual([]);
  });

  it('lets one of two at once win and tells the other, in adopting and in editing', async () => {
    const id = await begin();
    const actionId = await add(id, { recommendationIds: [accepted] });
    const edit = (title: string) =>
      world.request('PUT', `/roadmaps/${id}/actions/${actionId}`, {
        token: tokenOf('focal-point', 'SVN'),
        body: { version: 1, action: writtenAction({ title, recommendationIds: [accepted] }) },
      });
    const statuses = async (asked: Promise<Response>[]) =>
      (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(await statuses([edit('A'), edit('B'), edit('C')])).toEqual([204, 409, 409]);
    const { roadmap } = await draft(id);
    const adopt = () =>
      world.request('POST', `/roadmaps/${id}/steps`, {
        token: tokenOf('validator', 'SVN'),
        body: { version: roadmap.version, step: 'adopt' },
      });
    expect(await statuses([adopt(), adopt(), adopt()])).toEqual([200, 409, 409]);
    expect((await world.published()).filter(({ type }) => type === 'RoadmapAdopted')).toHaveLength(1);
    expect(await edit('D').then(({ status }) => status)).toBe(409);
  });

  it('tells what became of an action, who claims not being who verifies', async () => {
    const { id, actionId } = await adopted();
    const path = `/roadmaps/${id}/actions/${actionId}/steps`;
    const take = async (name: string, role: 'focal-point' | 'validator' | 'observer', reason = '') => {
      const { version } = (await world.json('GET', `/roadmaps/${id}`)).actions[0];
      return (
        await world.request('POST', path, {
          token: tokenOf(role, 'SVN'),
          body: { version, step: name, reason },
        })
      ).status;
    };
    expect(await take('claim-completion', 'focal-point')).toBe(409);
    expect(await take('start', 'observer')).toBe(403);
    expect(await take('start', 'focal-point')).toBe(200);
    expect(await take('block', 'focal-point')).toBe(409);
    expect(await take('block', 'focal-point', 'No budget')).toBe(200);
    expect((await world.json('GET', `/roadmaps/${id}`)).actions[0].standing).toBe('at-risk');
    expect(await take('resume', 'focal-point')).toBe(200);
    expect(await take('claim-completion', 'focal-point')).toBe(200);
    expect(await take('verify', 'focal-point')).toBe(403);
    expect(await take('verify', 'validator')).toBe(200);
    const { steps } = await world.json('GET', `/roadmaps/${id}/actions/${actionId}`, { token: undefined });
    expect(steps.map(({ step: name, reason }: any) => [name, reason])).toEqual([
      ['agree', ''],
      ['start', ''],
      ['block', 'No budget'],
      ['resume', ''],
      ['claim-completion', ''],
      ['verify', ''],
    ]);
    const events = await world.published();
    expect(events.map(({ type, data }) => [type, data.toState])).toEqual([
      ['ActionAdvanced', 'in-progress'],
      ['ActionAdvanced', 'blocked'],
      ['ActionAdvanced', 'in-progress'],
      ['ActionAdvanced', 'completed-claimed'],
      ['ActionAdvanced', 'verified'],
    ]);
    expect(events.map(({ version }) => version)).toEqual([3, 4, 5, 6, 7]);
  });

  it('derives overdue from the day and stores it nowhere', async () => {
    const { id } = await adopted();
    const standing = async () => (await world.json('GET', `/roadmaps/${id}`)).actions[0].standing;
    expect(await standing()).toBe('at-risk');
    world.clock.set('2029-01-01T12:00:00Z');
    expect(await standing()).toBe('overdue');
    world.clock.set('2026-01-15T12:00:00Z');
    expect(
      await world.database.query(`select from roadmap_action where content::text like '%overdue%'`),
    ).toEqual([]);
  });

  it('keeps every value of an indicator, and what corrected it', async () => {
    const { id, actionId } = await adopted();
    const [{ indicatorId }] = (await world.json('GET', `/roadmaps/${id}`)).actions[0].indicators;
    const path = `/roadmaps/${id}/indicators/${indicatorId}/values`;
    const value = (given: object) => ({
      observedOn: '2025-12-31',
      value: '62.50',
      source: 'Census',
      ...given,
    });
    expect(await world.json('POST', path, { body: value({}) })).toEqual({ sequence: 1 });
    const correct = () =>
      world.request('POST', path, {
        token: tokenOf('focal-point', 'SVN'),
        body: value({ value: '62.05', corrects: 1, reason: 'Typing error' }),
      });
    const answers = (await Promise.all([correct(), correct()])).map(({ status }) => status).sort();
    expect(answers).toEqual([201, 409]);
    const [action] = (await world.json('GET', `/roadmaps/${id}`)).actions;
    expect(action.values[indicatorId]).toMatchObject([{ sequence: 2, value: '62.05', corrects: 1 }]);
    const { values } = await world.json('GET', `/roadmaps/${id}/actions/${actionId}`);
    expect(values.map((one: any) => one.value)).toEqual(['62.5', '62.05']);
    expect(
      (await world.published()).map(({ type, version, data }) => [type, version, data.value, data.corrects]),
    ).toEqual([
      ['IndicatorValueRecorded', 1, '62.5', undefined],
      ['IndicatorValueRecorded', 2, '62.05', 1],
    ]);
    await expect(world.database.query('update indicator_value set value = 1')).rejects.toThrow(
      'never changed',
    );
  });

  it('takes a cluster, and an exclusion with a reason', async () => {
    const id = await begin();
    const third = await world.recommendation({ paragraph: '1.3' });
    let { roadmap } = await draft(id);
    await world.json('PATCH', `/roadmaps/${id}`, {
      body: {
        version: roadmap.version,
        clusters: [{ name: 'School', recommendationIds: [accepted] }],
        exclusions: [{ recommendationId: third, reason: 'Law passed before the review' }],
      },
    });
    const { plan } = await draft(id);
    const actionId = await add(id, { clusterIds: [plan.clusters[0].clusterId] });
    await step(id, 'adopt');
    expect(
      (await world.published()).find(({ type }) => type === 'ActionAdopted')?.data.action.recommendationIds,
    ).toEqual([accepted]);
    expect(await world.json('GET', `/actions?recommendationId=${accepted}`)).toMatchObject({
      actions: expect.arrayContaining([expect.objectContaining({ actionId, number: '1' })]),
    });
    // The action itself is unchanged; what its cluster covers is not.
    await step(id, 'revise');
    ({ roadmap } = await draft(id));
    const clusters = [{ ...plan.clusters[0], recommendationIds: [accepted, noted] }];
    await world.json('PATCH', `/roadmaps/${id}`, { body: { version: roadmap.version, clusters } });
    await step(id, 'adopt');
    expect(
      (await world.published()).find(({ type }) => type === 'ActionRevised')?.data.changedFields,
    ).toEqual(['recommendationIds']);
    await world.database.query(
      'update recommendation_copy set withdrawn = true where recommendation_id = $1',
      [third],
    );
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    [
      'a cost that is no exact number',
      { costs: [{ year: 2026, currency: 'EUR', amount: 12.5, source: '' }] },
      400,
      'request-not-understood',
    ],
    [
      'a cost in words',
      { costs: [{ year: 2026, currency: 'EUR', amount: 'about 5', source: '' }] },
      400,
      'request-not-understood',
    ],
    [
      'a cost below zero',
      { costs: [{ year: 2026, currency: 'EUR', amount: '-5', source: '' }] },
      400,
      'request-not-understood',
    ],
    [
      'a currency that is none',
      { costs: [{ year: 2026, currency: 'Euro', amount: '5', source: '' }] },
      400,
      'request-not-understood',
    ],
    [
      'a due date before the start',
      { startOn: '2027-01-01', dueOn: '2026-01-01' },
      400,
      'request-not-understood',
    ],
    [
      'an unknown recommendation',
      { recommendationIds: ['0199c3f0-0000-7000-8000-00000000dead'] },
      422,
      'recommendation-not-of-this-state',
    ],
    [
      'an unknown cluster',
      { clusterIds: ['0199c3f0-0000-7000-8000-00000000dead'] },
      422,
      'cluster-not-found',
    ],
  ])('refuses an action with %s and says where', async (_, given, status, slug) => {
    const id = await begin();
    expect(await world.refusal('POST', `/roadmaps/${id}/actions`, { body: writtenAction(given) })).toEqual([
      status,
      slug,
    ]);
  });

  it('does not take the id of an indicator from another action', async () => {
    const { id } = await adopted();
    const [{ indicatorId }] = (await world.json('GET', `/roadmaps/${id}`)).actions[0].indicators;
    const other = await begin();
    const [indicator] = writtenAction().indicators;
    await add(other, { indicators: [{ ...indicator, indicatorId }] });
    expect((await draft(other)).actions[0].indicators[0].indicatorId).not.toBe(indicatorId);
  });
});
