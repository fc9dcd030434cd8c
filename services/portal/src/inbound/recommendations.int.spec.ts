import { RecommendationRows } from '../outbound/view/recommendation-rows';
import { aRecommendation, recorded, revised, tell, withdrawn } from '../testing/recommendation-events';
import { startPortal, type RunningPortal } from '../testing/start-portal';

interface Listed {
  total: number;
  all: number;
  page: number;
  pages: number;
  facets: Record<string, { value: string; count: number }[]>;
  recommendations: { id: string; paragraph: string; position: string; text: string }[];
}

describe('recommendations as everybody sees them', () => {
  let portal: RunningPortal;
  let rows: RecommendationRows;
  const tells = (...events: Parameters<typeof tell>[2][]) => tell(portal.database, rows, ...events);
  const get = async (path: string) => {
    const answer = await portal.browser().call('GET', `/api/portal/v1${path}`);
    return { status: answer.status, body: JSON.parse(answer.text) };
  };
  const list = async (query: string): Promise<Listed> => (await get(`/recommendations?${query}`)).body;
  const texts = async (query: string) => (await list(query)).recommendations.map(({ text }) => text);

  beforeAll(async () => {
    portal = await startPortal();
    rows = portal.app.get(RecommendationRows);
  });
  afterAll(() => portal.stop());

  it('come in the order of the document, twenty a page', async () => {
    const state = 'HRV';
    const paragraphs = Array.from({ length: 25 }, (_, index) => `140.${index + 1}`);
    const given = [...paragraphs].reverse();
    await tells(
      ...given.map((paragraph) => recorded(aRecommendation({ stateUnderReview: state, paragraph }))),
    );
    const first = await list(`stateUnderReview=${state}`);
    expect(first).toMatchObject({ total: 25, page: 1, pages: 2 });
    const second = await list(`stateUnderReview=${state}&page=2`);
    const shown = [...first.recommendations, ...second.recommendations].map(({ paragraph }) => paragraph);
    expect(shown).toEqual(paragraphs);
  });

  it('are counted by facet under all selections but its own', async () => {
    const of = (position: string, theme: string) =>
      recorded(aRecommendation({ stateUnderReview: 'FJI', position, themes: [theme] }));
    await tells(of('supported', 'women'), of('supported', 'health'), of('noted', 'health'));
    const { total, facets } = await list('stateUnderReview=FJI&position=supported');
    const among = (facet: string) => facets[facet]!.filter(({ count }) => count > 0);
    expect(total).toBe(2);
    expect(among('position')).toEqual([
      { value: 'supported', count: 2 },
      { value: 'noted', count: 1 },
    ]);
    expect(among('theme').sort((a, b) => (a.value < b.value ? -1 : 1))).toEqual([
      { value: 'health', count: 1 },
      { value: 'women', count: 1 },
    ]);
    expect(among('stateUnderReview').length).toBeGreaterThan(1);
  });

  it('are found by words in their own language, whatever accents and forms', async () => {
    const say = (text: string, language: string) =>
      recorded(aRecommendation({ stateUnderReview: 'TUN', text, language }));
    await tells(
      say('Abolish the death penalty and ratify the second optional protocol', 'en'),
      say('Garantir l’égalité entre les femmes et les hommes', 'fr'),
      say('حماية حقوق المرأة والطفل', 'ar'),
      say('保护妇女和儿童的权利', 'zh'),
      say('Die Todesstrafe abschaffen', 'de'),
    );
    const inTunisia = (q: string) => texts(`stateUnderReview=TUN&q=${encodeURIComponent(q)}`);
    expect(await inTunisia('ratifying')).toEqual([expect.stringContaining('death penalty')]);
    expect(await inTunisia('the "death penalty"')).toHaveLength(1);
    expect(await inTunisia('"penalty death"')).toEqual([]);
    expect(await inTunisia('EGALITE femme')).toEqual([expect.stringContaining('égalité')]);
    expect(await inTunisia('المَرأة')).toEqual([expect.stringContaining('المرأة')]);
    expect(await inTunisia('儿童')).toEqual([expect.stringContaining('儿童')]);
    expect(await inTunisia('todesstrafe')).toEqual([expect.stringContaining('Todesstrafe')]);
    expect(await inTunisia('penal')).toHaveLength(1);
    expect(await inTunisia('death -protocol')).toEqual([]);
    expect(await inTunisia('nothing-of-the-kind')).toEqual([]);
    expect(await inTunisia("'); drop table x; --")).toEqual([]);
  });

  it('are found by the names of States, in any language and when nearly right', async () => {
    await tells(
      recorded(
        aRecommendation({
          stateUnderReview: 'ZAF',
          recommendingStates: ['SWE'],
          text: 'End violence',
          paragraph: '9.1',
        }),
      ),
      recorded(
        aRecommendation({
          stateUnderReview: 'ZAF',
          recommendingStates: ['NZL'],
          text: 'End violence',
          paragraph: '9.2',
        }),
      ),
    );
    const found = async (q: string) =>
      (await list(`q=${encodeURIComponent(q)}`)).recommendations.map(({ paragraph }) => paragraph);
    expect(await found('violence Suède')).toEqual(['9.1']);
    expect(await found('violence south africa sweden')).toEqual(['9.1']);
    expect(await found('violence السويد')).toEqual(['9.1']);
    expect(await found('violence Swedden')).toEqual(['9.1']);
    expect(await found('"New Zealand" violence')).toEqual(['9.2']);
  });

  it('are found by paragraph and symbol', async () => {
    const symbol = 'A/HRC/99/77';
    await tells(
      recorded(aRecommendation({ symbol, paragraph: '77.10' })),
      recorded(aRecommendation({ symbol, paragraph: '77.1' })),
    );
    expect((await list(`q=77.10`)).recommendations.map(({ paragraph }) => paragraph)).toEqual(['77.10']);
    expect((await list(`q=${encodeURIComponent(symbol)}`)).total).toBe(2);
  });

  it('never go back to what is older, in whatever order events come', async () => {
    const now = aRecommendation({ stateUnderReview: 'TON', position: 'noted' });
    const before = { ...now, position: 'pending' };
    await tells(recorded(now, { version: 2 }), recorded(before, { version: 1 }));
    expect((await list('stateUnderReview=TON')).recommendations).toMatchObject([{ position: 'noted' }]);
    await tells(withdrawn(now.recommendationId, { version: 4 }), recorded(before, { version: 3 }));
    expect((await list('stateUnderReview=TON')).total).toBe(0);
    await tells(recorded(before, { version: 1, generation: 2 }));
    expect((await list('stateUnderReview=TON')).recommendations).toMatchObject([{ position: 'pending' }]);
    const unseen = aRecommendation({ stateUnderReview: 'TON' });
    await tells(withdrawn(unseen.recommendationId, { version: 2 }), recorded(unseen, { version: 1 }));
    expect((await list('stateUnderReview=TON')).total).toBe(1);
  });

  it('do not change when a snapshot tells how they stand', async () => {
    const one = aRecommendation({ stateUnderReview: 'VUT' });
    await tells(recorded(one, { occurredAt: new Date('2024-01-01') }));
    await tells(recorded(one, { occurredAt: new Date('2024-09-09'), snapshot: true }));
    const { body } = await get(`/recommendations/${one.recommendationId}`);
    expect(body).toMatchObject({ changedAt: '2024-01-01T00:00:00.000Z', changes: [{ what: 'recorded' }] });
  });

  it('take the last of several events in one batch', async () => {
    const one = aRecommendation({ stateUnderReview: 'PLW', position: 'pending' });
    await portal.database.transaction((tx) =>
      rows.keep(tx, [recorded(one), revised({ ...one, position: 'supported' }, ['position'], 'pending')]),
    );
    expect((await list('stateUnderReview=PLW')).recommendations).toMatchObject([{ position: 'supported' }]);
  });

  it('show what commits late, even behind what was read before', async () => {
    const late = recorded(aRecommendation({ stateUnderReview: 'KIR' }));
    let commit = () => {};
    const held = new Promise<void>((resolve) => (commit = resolve));
    let written = () => {};
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const open = portal.database.transaction(async (tx) => {
      await rows.keep(tx, [late]);
      written();
      await held;
    });
    await isWritten;
    await tells(recorded(aRecommendation({ stateUnderReview: 'NRU' })));
    expect((await list('stateUnderReview=NRU')).total).toBe(1);
    expect((await list('stateUnderReview=KIR')).total).toBe(0);
    commit();
    await open;
    expect((await list('stateUnderReview=KIR')).total).toBe(1);
  });

  it('are read on from where one was, whatever numbers a restore brought', async () => {
    await portal.database.query(
      `update view.recommendation set written_in = '99999999999' where paragraph = '140.1'`,
    );
    await tells(recorded(aRecommendation({ stateUnderReview: 'COK' })));
    expect((await list('stateUnderReview=COK')).total).toBe(1);
    expect((await list('stateUnderReview=HRV')).total).toBe(25);
  });

  it('tell one of them with its history, also after it was withdrawn', async () => {
    const one = aRecommendation({ position: 'pending' });
    const now = { ...one, position: 'noted' };
    await tells(recorded(one), revised(now, ['position'], 'pending'));
    expect((await get(`/recommendations/${one.recommendationId}`)).body).toMatchObject({
      id: one.recommendationId,
      position: 'noted',
      withdrawn: false,
      changes: [{ what: 'revised', fields: ['position'], previousPosition: 'pending' }, { what: 'recorded' }],
    });
    await tells(withdrawn(one.recommendationId, { version: 3 }));
    expect((await get(`/recommendations/${one.recommendationId}`)).body).toMatchObject({
      text: one.text,
      withdrawn: true,
      withdrawnReason: 'import-undone',
    });
    expect(await get('/recommendations/0190a000-0000-7000-8000-000000000000')).toMatchObject({ status: 404 });
    expect(await get('/recommendations/1')).toMatchObject({ status: 400 });
  });

  it('refuse what they do not understand with a sentence', async () => {
    expect(await get('/recommendations?positon=noted')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('There is no filter "positon"') },
    });
    expect((await get('/recommendations?page=0')).status).toBe(400);
    expect((await get('/recommendations?sort=size')).status).toBe(400);
  });

  it('list the States under review', async () => {
    const { states } = (await get('/states')).body as {
      states: { state: string; count: number; cycles: number[] }[];
    };
    expect(states.find(({ state }) => state === 'HRV')).toEqual({ state: 'HRV', count: 25, cycles: [2] });
  });
});
