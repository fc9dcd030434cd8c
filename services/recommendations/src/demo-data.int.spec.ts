import { LoadDemo } from './usecases/load-demo';
import { RecommendationsWorld } from './testing/recommendations-world';

describe('demonstration data', () => {
  let world: RecommendationsWorld;
  beforeAll(async () => {
    world = await RecommendationsWorld.open();
  });
  afterAll(() => world.close());

  it('comes marked as such, the latest review as news, and goes without a trace', async () => {
    const demo = world.app.nest.get(LoadDemo);
    await world.database.transaction((tx) => demo.load(tx));
    await world.database.transaction((tx) => demo.load(tx));
    await world.work();
    const loaded = await world.published();
    const recorded = loaded.filter((event) => event.type === 'RecommendationRecorded');
    expect(recorded).toHaveLength(122);
    expect(
      recorded.every((event) => event.data.recommendation.demo && event.stateUnderReview === 'XTM'),
    ).toBe(true);
    expect(
      new Set(
        recorded.map((event) => [event.data.recommendation.cycle, event.data.announce ?? false].join()),
      ),
    ).toEqual(new Set(['3,false', '4,true']));
    const { total, recommendations } = await world.json(
      'GET',
      '/recommendations?stateUnderReview=XTM&cycle=4&q=disappearance',
    );
    expect(total).toBe(1);
    expect(recommendations[0].translations).toMatchObject({
      fr: { status: 'translated' },
      ar: { status: 'translated' },
    });

    await world.database.transaction((tx) => demo.remove(tx));
    await world.work();
    const gone = await world.published();
    expect(
      gone.filter(
        (event) => event.type === 'RecommendationWithdrawn' && event.data.reason === 'demo-removed',
      ),
    ).toHaveLength(122);
    expect(await world.database.query('select 1 from recommendation')).toEqual([]);
    expect(await world.database.query('select 1 from source_record')).toEqual([]);
    expect(await world.database.query('select 1 from import_row')).toEqual([]);
  });
});
