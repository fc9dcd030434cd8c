import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { parse } from 'csv-parse/sync';
import { RecommendationsWorld } from './testing/recommendations-world';

const folder = sharedData('upr/slovenia');
const goldenPosition: Record<string, string> = { Supported: 'supported', Noted: 'noted' };

function golden(cycle: number): [string, string][] {
  const rows: { number: string; position: string }[] = parse(
    readFileSync(join(folder!, `matrix-cycle${cycle}-flattened.csv`)),
    { columns: true, bom: true },
  );
  return rows.map((row) => [row.number, goldenPosition[row.position]!]);
}

(folder ? describe : describe.skip)('imports of OHCHR matrices', () => {
  let world: RecommendationsWorld;
  beforeEach(async () => {
    world = await RecommendationsWorld.open();
  });
  afterEach(() => world.close());

  it.each([
    [2, 'cycle2/UPR20__Slovenia_ThematicListRecommendations_E.docx', 142, 21],
    [4, 'cycle4/upr48-slovenia-thematic-list-of-recommendatio.docx', 217, 37],
  ])('holds cycle %i as the flattened file has it', async (cycle, file, supported, noted) => {
    const read = await world.read(join(folder!, file));
    expect(read).toMatchObject({
      state: 'ready',
      format: 'ohchr-matrix',
      document: { stateUnderReview: 'SVN', cycle },
      counts: { recommendations: supported + noted, byPosition: { supported, noted } },
    });
    await world.apply(read.id);
    const held = await world.database.query(
      'select paragraph, position, cycle, symbol, review_date, sources from recommendation where withdrawn_at is null',
    );
    const sorted = (pairs: [string, string][]) => pairs.map((pair) => pair.join(' ')).sort();
    expect(sorted(held.map((row) => [row.paragraph, row.position]))).toEqual(sorted(golden(cycle)));
    expect(new Set(held.map((row) => row.cycle))).toEqual(new Set([cycle]));
    expect(held.every((row) => row.symbol.startsWith('A/HRC/') && row.review_date !== '')).toBe(true);
  });

  it('finds a recommendation by symbol and paragraph', async () => {
    const read = await world.read(join(folder!, 'cycle2/UPR20__Slovenia_ThematicListRecommendations_E.docx'));
    await world.apply(read.id);
    const found = await world.json('GET', '/recommendations/lookup?symbol=A/HRC/28/15&paragraph=115.3');
    expect(found.recommendations).toHaveLength(1);
    expect(found.recommendations[0]).toMatchObject({ stateUnderReview: 'SVN', paragraph: '115.3' });
  });
});
