import { tableFile } from './testing/csv-files';
import { RecommendationsWorld } from './testing/recommendations-world';

const SYMBOL = 'A/HRC/59/15';
const headings = ['State under review', 'Cycle', 'Document symbol', 'Paragraph', 'Text', 'Position'];
const row = (state: string, symbol: string, paragraph: string) => [
  state,
  '4',
  symbol,
  paragraph,
  `Text of ${state} ${symbol} ${paragraph}`,
  'Noted',
];

describe('a recommendation is looked up as it is cited', () => {
  let world: RecommendationsWorld;
  let importId: string;
  beforeAll(async () => {
    world = await RecommendationsWorld.open();
    const rows = [
      row('Slovenia', SYMBOL, '140.1'),
      row('Slovenia', SYMBOL, '140.10'),
      row('Slovenia', 'A/HRC/59/150', '140.10'),
      row('Croatia', 'A/HRC/59/16', '140.10'),
    ];
    importId = (await world.read(tableFile(headings, rows))).id;
    await world.apply(importId);
  });
  afterAll(() => world.close());

  const cited = async (symbol: string, paragraph: string): Promise<string[]> => {
    const query = new URLSearchParams({ symbol, paragraph }).toString();
    const { recommendations } = await world.json('GET', `/recommendations/lookup?${query}`);
    return recommendations.map(({ text }: { text: string }) => text);
  };

  it('by symbol and paragraph, both exactly as written', async () => {
    expect(await cited(SYMBOL, '140.10')).toEqual([`Text of Slovenia ${SYMBOL} 140.10`]);
    expect(await cited(SYMBOL, '140.1')).toEqual([`Text of Slovenia ${SYMBOL} 140.1`]);
    expect(await cited('A/HRC/59/16', '140.10')).toEqual(['Text of Croatia A/HRC/59/16 140.10']);
    expect(await cited(SYMBOL, '140')).toEqual([]);
    expect(await cited('A/HRC/59', '140.10')).toEqual([]);
    expect((await world.request('GET', `/recommendations/lookup?symbol=${SYMBOL}`)).status).toBe(400);
  });

  it('through the index of places', async () => {
    const asked = jest.spyOn(world.database, 'query');
    await cited(SYMBOL, '140.10');
    const [sql, params] = asked.mock.calls.find(([text]) => text.includes('r.paragraph ='))!;
    asked.mockRestore();
    const plan = await world.database.transaction(async (tx) => {
      // A table of four rows is read whole, whatever indexes it has.
      await tx.query('set local enable_seqscan = off');
      return tx.query<object[]>(`explain ${sql}`, params);
    });
    expect(JSON.stringify(plan)).toContain('recommendation_place');
  });

  it('and no more once it is withdrawn', async () => {
    await world.undo(importId);
    expect(await cited(SYMBOL, '140.10')).toEqual([]);
  });
});
