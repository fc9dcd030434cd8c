import { uprInfoFile } from './testing/csv-files';
import { RecommendationsWorld } from './testing/recommendations-world';

describe('names of States that nobody can resolve', () => {
  let world: RecommendationsWorld;
  beforeEach(async () => {
    world = await RecommendationsWorld.open();
  });
  afterEach(() => world.close());

  const file = uprInfoFile([
    { to: 'Slovenia', from: 'Lichtensteinia', text: 'One' },
    { to: 'Sloveniania', from: 'Peru', text: 'Two' },
    { to: 'Slovenia', from: 'LICHTENSTEINIA', text: 'Three' },
  ]);
  const questions = async () => (await world.json('GET', '/open-questions')).questions;
  const ask = async (raw: RegExp) => (await questions()).find((question: any) => raw.test(question.raw));

  it('keep their rows, are asked once each, and are answered for all records and all that come', async () => {
    const read = await world.read(file);
    expect(read.preview).toMatchObject({ new: 3, rejected: 0, openQuestions: 2 });
    await world.apply(read.id);
    await world.published();
    const held = (await world.json('GET', '/recommendations?stateUnderReview=none')).recommendations;
    expect(held).toMatchObject([{ text: 'Two', stateUnderReviewRaw: 'Sloveniania' }]);

    const recommending = await ask(/lichtensteinia/i);
    expect(recommending).toMatchObject({ records: 2 });
    expect(
      await world.json('POST', `/open-questions/${recommending.id}/answer`, { body: { stateCode: 'LIE' } }),
    ).toEqual({ changed: 2 });
    const events = await world.published();
    expect(events.map((event) => [event.type, event.data.changedFields])).toEqual([
      ['RecommendationRevised', ['recommendingStates']],
      ['RecommendationRevised', ['recommendingStates']],
    ]);

    const reviewed = await ask(/sloveniania/i);
    await world.json('POST', `/open-questions/${reviewed.id}/answer`, { body: { stateCode: 'SVN' } });
    expect(await questions()).toEqual([]);
    const [{ id }] = (await world.json('GET', '/recommendations?q=Two')).recommendations;
    expect(id).toBe(held[0].id);

    await world.published();
    const again = await world.read(file);
    expect(again.preview).toMatchObject({ new: 0, changed: 0, unchanged: 3, openQuestions: 0 });
    expect(again.statesUnderReview).toEqual(['SVN']);
    await world.apply(again.id);
    expect(await world.published()).toEqual([]);
  });

  it('can be answered before the import is applied', async () => {
    const read = await world.read(file);
    const reviewed = await ask(/sloveniania/i);
    await world.json('POST', `/open-questions/${reviewed.id}/answer`, { body: { stateCode: 'SVN' } });
    const waiting = await world.json('GET', `/imports/${read.id}`);
    expect(waiting).toMatchObject({ statesUnderReview: ['SVN'], preview: { openQuestions: 1 } });
    await world.apply(read.id);
    expect((await world.json('GET', '/recommendations?stateUnderReview=SVN')).total).toBe(3);
  });

  it('can be of no State at all', async () => {
    const read = await world.read(file);
    await world.apply(read.id);
    const recommending = await ask(/lichtensteinia/i);
    await world.json('POST', `/open-questions/${recommending.id}/answer`, { body: { stateCode: null } });
    const [one] = (await world.json('GET', '/recommendations?q=One')).recommendations;
    expect(one).toMatchObject({ recommendingStates: [], unresolvedStates: [] });
    expect(
      (
        await world.request('POST', `/open-questions/${recommending.id}/answer`, {
          token: 'administrator:*',
          body: { stateCode: 'ZZZ' },
        })
      ).status,
    ).toBe(400);
  });
});
