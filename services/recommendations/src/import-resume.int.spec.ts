import type { Database } from '@followthrough/database';
import { uprInfoFile } from './testing/csv-files';
import { RecommendationsWorld } from './testing/recommendations-world';

// On a busy machine thousands of rows take their time.
jest.setTimeout(180_000);

const ROWS = 2500;
const file = uprInfoFile(
  Array.from({ length: ROWS }, (_, index) => ({ text: `Take step ${index} of many.` })),
);

describe('an import whose process dies', () => {
  let world: RecommendationsWorld;
  beforeEach(async () => {
    world = await RecommendationsWorld.open();
  });
  afterEach(() => world.close());

  /** From the n-th transaction on nothing is committed any more, as when the power goes. */
  function losePower(n: number): () => void {
    const transaction = world.database.transaction.bind(world.database);
    let count = 0;
    const spy = jest.spyOn(world.database, 'transaction').mockImplementation((async (
      work: (tx: any) => Promise<unknown>,
    ) =>
      transaction(async (tx) => {
        const done = await work(tx);
        if ((count += 1) >= n) throw new Error('power cut');
        return done;
      })) as Database['transaction']);
    return () => spy.mockRestore();
  }

  async function allOnce(importId: string): Promise<void> {
    const events = await world.published();
    const recorded = events.filter((event) => event.type === 'RecommendationRecorded');
    expect(recorded).toHaveLength(ROWS);
    expect(new Set(recorded.map((event) => event.aggregateId)).size).toBe(ROWS);
    expect(events.filter((event) => event.type === 'ImportApplied')).toHaveLength(1);
    expect(await world.json('GET', `/imports/${importId}`)).toMatchObject({
      state: 'applied',
      result: { recorded: ROWS, announced: ROWS, unchanged: 0 },
    });
  }

  it.each([2, 3, 5, 7])('goes on where transaction %i was lost, and tells each row once', async (batch) => {
    const read = await world.read(file);
    await world.json('POST', `/imports/${read.id}/apply`, { body: { announce: true } });
    const restore = losePower(batch);
    await expect(world.work()).rejects.toThrow('power cut');
    restore();
    const stopped = await world.json('GET', `/imports/${read.id}`);
    expect(stopped).toMatchObject({
      state: 'applying',
      progress: { done: Math.min((batch - 2) * 500, ROWS), total: ROWS },
    });
    await world.work();
    await allOnce(read.id);
  });

  it.each([1, 3, 5, 7])(
    'reads again from the start where transaction %i of reading was lost',
    async (nth) => {
      const { uploadId } = await world.json('POST', '/uploads?name=x.csv', { bytes: file.bytes });
      const { id } = await world.json('POST', '/imports', { body: { uploadId } });
      const restore = losePower(nth);
      await expect(world.work()).rejects.toThrow('power cut');
      restore();
      await world.work();
      expect(await world.json('GET', `/imports/${id}`)).toMatchObject({
        state: 'ready',
        preview: { new: ROWS },
      });
    },
  );

  it('goes on undoing', async () => {
    const read = await world.read(file);
    await world.apply(read.id);
    await world.published();
    await world.json('POST', `/imports/${read.id}/undo`);
    const restore = losePower(2);
    await expect(world.work()).rejects.toThrow('power cut');
    restore();
    await world.work();
    const events = await world.published();
    expect(events.filter((event) => event.type === 'RecommendationWithdrawn')).toHaveLength(ROWS);
    expect(events.at(-1)).toMatchObject({
      type: 'ImportUndone',
      data: { withdrawn: ROWS, announcedEvents: ROWS },
    });
  });

  it('is worked on by one of several processes', async () => {
    const read = await world.read(file);
    await world.json('POST', `/imports/${read.id}/apply`, { body: { announce: true } });
    await Promise.all([
      world.funnel.advance(read.id),
      world.funnel.advance(read.id),
      world.funnel.advance(read.id),
    ]);
    await world.work();
    await allOnce(read.id);
  });

  it('and a person who edits all of it at the same time both get their way', async () => {
    const noted = uprInfoFile(
      Array.from({ length: ROWS }, (_, index) => ({
        text: `Take step ${index} of many.`,
        response: 'Noted',
      })),
    );
    await world.apply((await world.read(file)).id);
    await world.published();
    const second = await world.read(noted);
    await world.json('POST', `/imports/${second.id}/apply`, { body: { announce: true } });
    const edit = { filter: { cycle: [2] }, set: { actionCategory: 5 }, expected: ROWS };
    await Promise.all([world.work(), world.json('POST', '/recommendations/bulk-edit', { body: edit })]);
    await world.work();
    expect(await world.json('GET', `/imports/${second.id}`)).toMatchObject({
      state: 'applied',
      result: { revised: ROWS },
    });
    const [held] = await world.database.query(
      `select count(*) filter (where position = 'noted' and action_category = 5)::int as both, max(version) as version,
              min(version) as least from recommendation`,
    );
    expect(held).toEqual({ both: ROWS, version: 3, least: 3 });
    const versions = (await world.published()).map((event) => `${event.aggregateId} ${event.version}`);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('ends between two batches when the process is to stop', async () => {
    const read = await world.read(file);
    await world.json('POST', `/imports/${read.id}/apply`, { body: { announce: true } });
    await world.funnel.advance(read.id, AbortSignal.abort());
    expect(await world.json('GET', `/imports/${read.id}`)).toMatchObject({
      state: 'applying',
      progress: { done: 0 },
    });
    await world.work();
    await allOnce(read.id);
  });
});
