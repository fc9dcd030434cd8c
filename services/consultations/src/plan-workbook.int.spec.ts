import { csvText, docxFile, xlsxFile, type FixtureValue } from '@followthrough/imports/fixtures';
import { RoadmapWorld, tokenOf } from './testing/roadmap-world';
import { writtenAction } from './testing/written-action';

describe('a plan as a workbook', () => {
  let world: RoadmapWorld;
  let first: string;
  let second: string;
  beforeAll(async () => {
    world = await RoadmapWorld.open();
    first = await world.recommendation({ paragraph: '121.1' });
    second = await world.recommendation({ paragraph: '121.10', position: 'noted' });
    await world.recommendation({ paragraph: '14(b)', symbol: 'CEDAW/C/SVN/CO/6', position: '' });
  });
  afterAll(() => world.close());

  const bring = (bytes: Buffer, query = '') =>
    world.json('POST', `/roadmaps/from-workbook?stateUnderReview=SVN${query}`, { bytes });
  const refuse = (bytes: Buffer) =>
    world.refusal('POST', '/roadmaps/from-workbook?stateUnderReview=SVN', { bytes });
  const sheet = (...rows: FixtureValue[][]) => xlsxFile({ sheets: [{ name: 'Plan', rows }] });
  const draft = (id: string) => world.json('GET', `/roadmaps/${id}?edition=draft`);
  const take = async (id: string, edition = 'in-force') => {
    const answer = await world.request('GET', `/roadmaps/${id}/workbook?edition=${edition}`, {
      token: tokenOf('coordinator', 'SVN'),
    });
    return Buffer.from(await answer.arrayBuffer());
  };
  /** A plan without what is given anew on the way in. */
  const said = async (id: string, edition: string) => {
    const { plan, actions } = await world.json('GET', `/roadmaps/${id}?edition=${edition}`);
    const names = new Map(plan.clusters.map((cluster: any) => [cluster.clusterId, cluster.name]));
    return {
      ...plan,
      clusters: plan.clusters.map(({ clusterId: _, ...cluster }: any) => cluster),
      actions: actions.map(
        ({
          actionId: _,
          version: __,
          state: ___,
          standing: ____,
          leavingReason: _____,
          values: ______,
          ...action
        }: any) => ({
          ...action,
          clusterIds: action.clusterIds.map((clusterId: string) => names.get(clusterId)),
          indicators: action.indicators.map(({ indicatorId: _______, ...indicator }: any) => indicator),
        }),
      ),
    };
  };

  it('goes out and comes in again without loss, as version 1 without a consultation', async () => {
    const [{ id: cedaw }] = await world.database.query(
      `select recommendation_id as id from recommendation_copy where paragraph = '14(b)'`,
    );
    const { roadmapId } = await world.json('POST', '/roadmaps', {
      body: {
        stateUnderReview: 'SVN',
        title: 'Roadmap “A” <&> \n التوصيات',
        gapRule: 'print',
        fromYear: 2026,
        clusters: [{ name: 'School', recommendationIds: [first, cedaw] }],
        exclusions: [{ recommendationId: cedaw, reason: 'Done; see\nreport' }],
      },
    });
    const { plan } = await draft(roadmapId);
    const add = (given: Record<string, unknown>) =>
      world.json('POST', `/roadmaps/${roadmapId}/actions`, { body: writtenAction(given) });
    const [indicator] = writtenAction().indicators;
    const unknown = { value: null, on: null };
    await add({
      number: '1.10',
      title: '=HYPERLINK("http://x","y")',
      description: ' Two\n\nlines, "quoted"; and a semicolon',
      recommendationIds: [second, cedaw],
      clusterIds: [plan.clusters[0].clusterId],
      openReferences: ['Rec. of 2009, no number'],
      indicators: [
        indicator,
        {
          ...indicator,
          title: '@SUM',
          kind: 'structure',
          baseline: unknown,
          target: { value: '0', on: null },
        },
      ],
      costs: [
        { year: 2026, currency: 'EUR', amount: '999999999999999999.999999', source: '+1' },
        { year: 2026, currency: 'EUR', amount: '0', source: '' },
        { year: 2027, currency: 'XOF', amount: null, source: '-' },
        { year: 2028, currency: 'USD', amount: '0.1', source: 'Donor' },
      ],
    });
    await add({
      number: '1.2',
      leadInstitution: '',
      supportingInstitutions: [],
      startOn: null,
      dueOn: null,
      indicators: [],
      costs: [],
    });
    const view = await draft(roadmapId);
    await world.json('POST', `/roadmaps/${roadmapId}/steps`, {
      body: { version: view.roadmap.version, step: 'adopt' },
    });

    const brought = await bring(await take(roadmapId), '&gapRule=print');
    expect(brought).toMatchObject({ actions: 2, problems: [] });
    expect(await said(brought.roadmapId, 'draft')).toEqual(await said(roadmapId, '1'));
    const { roadmap } = await draft(brought.roadmapId);
    expect(roadmap).toMatchObject({ origin: 'workbook', consultationId: null });
    await world.json('POST', `/roadmaps/${brought.roadmapId}/steps`, { body: { version: 1, step: 'adopt' } });
    expect(await said(brought.roadmapId, '1')).toEqual(await said(roadmapId, '1'));
    const again = await bring(await take(brought.roadmapId), '&gapRule=print');
    expect(await said(again.roadmapId, 'draft')).toEqual(await said(roadmapId, '1'));
  });

  it('may be the table that a State has: title above, years as columns, rows that go on', async () => {
    const { roadmapId, actions, problems } = await bring(
      sheet(
        ['National plan of action'],
        [],
        [
          'No.',
          'Activities',
          'Recommendation',
          'Responsible',
          'Partners',
          'Timeline',
          'Indicators',
          'Baseline',
          'Target',
          'Budget 2026 (EUR)',
          '2027',
          'Currency',
          'Remarks',
        ],
        [
          '1',
          'Build schools',
          'A/HRC/43/15 121.1, 121.10',
          'MoE',
          'MoF; UNICEF',
          { day: 46752 },
          'Schools built',
          0,
          12,
          1500.5,
          'TBD',
          'EUR',
          'See budget',
        ],
        [null, null, null, null, null, null, 'Girls enrolled', '61%', 75],
        ['2', 'Train judges', '999.9', null, null, 'Q4 2027'],
      ),
      '&title=Plan',
    );
    expect({ actions, problems }).toEqual({ actions: 2, problems: [] });
    const view = await draft(roadmapId);
    expect(view.roadmap.title).toBe('Plan');
    expect(view.actions[0]).toMatchObject({
      number: '1',
      title: 'Build schools',
      description: 'Remarks: See budget',
      leadInstitution: 'MoE',
      supportingInstitutions: ['MoF', 'UNICEF'],
      dueOn: '2027-12-31',
      recommendationIds: [first, second],
      costs: [
        { year: 2026, currency: 'EUR', amount: '1500.5' },
        { year: 2027, currency: 'EUR', amount: null },
      ],
      indicators: [
        { title: 'Schools built', baseline: { value: '0' }, target: { value: '12' } },
        { title: 'Girls enrolled', baseline: { value: '61' }, target: { value: '75' } },
      ],
    });
    expect(view.actions[1]).toMatchObject({ dueOn: '2027-12-31', openReferences: ['999.9'], costs: [] });
    expect(view.gaps.map(({ kind }: any) => kind)).toEqual(
      expect.arrayContaining(['reference-open', 'cost-unknown', 'lead-missing']),
    );
  });

  it('takes over sound rows, and says of the others where they stand and what to do', async () => {
    const { roadmapId, actions, problems } = await bring(
      sheet(
        ['Action', 'Lead', 'Due', 'Cost 2026', 'Currency'],
        ['Sound', 'A', '2027-01-01', 5, 'EUR'],
        ['Bad date', 'B', '31/02/2027', 5, 'EUR'],
        [null, 'C', '2027-01-01', 5, 'EUR'],
        ['Bad amount', 'D', '2027-01-01', 'a lot', 'EUR'],
        ['No currency', 'E', '2027-01-01', 5],
      ),
    );
    expect(actions).toBe(4);
    expect(problems.map(({ place, cells }: any) => [place.sheet, place.row, place.column, cells[1]])).toEqual(
      [
        ['Plan', 3, 'Due', 'B'],
        ['Plan', 5, 'Cost 2026', 'D'],
        ['Plan', 6, 'Cost 2026', 'E'],
      ],
    );
    for (const { reason, cure } of problems)
      expect([reason, cure]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
    expect((await world.json('GET', `/roadmaps/${roadmapId}/rejects`)).rejects).toEqual(problems);
    expect((await draft(roadmapId)).actions.map(({ dueOn, costs }: any) => [dueOn, costs.length])).toEqual([
      ['2027-01-01', 1],
      // The row without an action goes on with the one above.
      [null, 2],
      ['2027-01-01', 0],
      ['2027-01-01', 0],
    ]);
  });

  it('may be CSV', async () => {
    const csv = csvText([
      ['Mesures', 'Responsable', 'Échéance', 'Coût 2026 (XOF)'],
      ['Former les juges', 'Justice', '30/06/2027', '1 200 000'],
    ]);
    const { roadmapId } = await bring(Buffer.from(csv));
    expect((await draft(roadmapId)).actions[0]).toMatchObject({
      title: 'Former les juges',
      leadInstitution: 'Justice',
      dueOn: '2027-06-30',
      costs: [{ year: 2026, currency: 'XOF', amount: '1200000' }],
    });
  });

  it.each<[string, Buffer]>([
    ['an empty file', Buffer.alloc(0)],
    ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0])],
    ['a workbook that is cut off', sheet(['Action', 'Lead'], ['x', 'y']).subarray(0, 300)],
    ['a Word document', docxFile({ blocks: [] })],
    ['a workbook without a plan', sheet(['Name', 'Phone'], ['Ada', '1'])],
    ['a table of too many rows', Buffer.from(`Action,Lead\n${'x,y\n'.repeat(20_001)}`)],
  ])('is refused in a sentence where it is %s', async (_, bytes) => {
    const before = await world.json('GET', '/roadmaps');
    expect(await refuse(bytes)).toEqual([422, 'file-unreadable']);
    expect(await world.json('GET', '/roadmaps')).toEqual(before);
  });

  it('is refused where it is too large, of another State, or no bytes', async () => {
    const path = '/roadmaps/from-workbook?stateUnderReview=SVN';
    expect(await refuse(Buffer.alloc(5 * 1024 * 1024 + 1))).toEqual([413, 'upload-too-large']);
    expect(
      await world.refusal('POST', path, { bytes: sheet(['Action']), token: tokenOf('coordinator', 'HRV') }),
    ).toEqual([403, 'not-your-state']);
    expect(await world.refusal('POST', path, { body: {} })).toEqual([415, 'upload-not-bytes']);
  });
});
