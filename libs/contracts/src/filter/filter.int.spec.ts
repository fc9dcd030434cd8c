import type { Database } from '@followthrough/database';
import { testDatabase } from '@followthrough/testing';
import { type Filterable, matchesFilter, searchText } from './matches';
import { type RecommendationFilter } from './recommendation-filter';
import { filterToSql, recommendationColumns } from './sql';

/** A small generator of numbers that are the same in every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const next = numbersFrom(20_08);
const one = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
const some = <T>(from: readonly T[]): T[] => from.filter(() => next() < 0.3);

const states = ['SVN', 'FRA', 'XTM'];
const themes = ['education', 'health', 'Rights of trees'];
const sdgs = ['5', '5.1', '5.a', '16', '16.2', '1', '10'];
const texts = [
  'Garantir l’égalité',
  'Ratify 100% of the treaties',
  'under_score \\ slash',
  'التعليم للجميع',
  '教育',
];

function aRecommendation(): Filterable {
  return {
    kind: one(['recommendation', 'pledge']),
    mechanism: one(['UPR', 'CEDAW']),
    stateUnderReview: one([...states, '']),
    cycle: one([0, 2, 3]),
    session: one([0, 20, 34]),
    symbol: one(['A/HRC/28/15', '']),
    paragraph: one(['140.10', '140.1', '']),
    text: `${one(texts)} ${one(texts)}`,
    recommendingStates: some(states),
    position: one(['supported', 'noted', '']),
    actionCategory: one([0, 4, 5]),
    themes: some(themes),
    groups: some(['children']),
    sdgs: some(sdgs),
  };
}

function aFilter(): RecommendationFilter {
  const given: [keyof RecommendationFilter, unknown][] = [
    ['stateUnderReview', some([...states, 'none'])],
    ['recommendingState', some([...states, 'none'])],
    ['position', some(['supported', 'noted', 'none'])],
    ['theme', some([...themes, 'none'])],
    ['group', some(['children', 'none'])],
    ['sdg', some([...sdgs, 'none'])],
    ['mechanism', some(['UPR', 'CEDAW'])],
    ['cycle', some([0, 2, 3])],
    ['session', some([0, 20, 34])],
    ['actionCategory', some([0, 4, 5])],
    ['kind', some(['recommendation', 'pledge'])],
    ['q', one(['EGALITE', '100%', '_', '\\', 'treaties 140.1', '教', 'التعليم', 'a/hrc'])],
  ];
  const chosen = given.filter(([, value]) => next() < 0.25 && (value as unknown[]).length > 0);
  return Object.fromEntries(chosen);
}

describe('a filter in the database', () => {
  let database: Database;
  const recommendations = Array.from({ length: 300 }, aRecommendation);

  beforeAll(async () => {
    database = await testDatabase();
    await database.query(`CREATE TABLE recommendation (
      id int PRIMARY KEY, kind text, mechanism text, state_under_review text, cycle int, session int,
      recommending_states text[], position text, action_category int, themes text[], groups text[], sdgs text[],
      search_text text)`);
    for (const [id, it] of recommendations.entries()) {
      await database.query(`INSERT INTO recommendation VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, [
        id,
        it.kind,
        it.mechanism,
        it.stateUnderReview,
        it.cycle,
        it.session,
        it.recommendingStates,
        it.position,
        it.actionCategory,
        it.themes,
        it.groups,
        it.sdgs,
        searchText(it),
      ]);
    }
  });

  afterAll(() => database.close());

  it('finds what the filter matches in code', async () => {
    let found = 0;
    for (let round = 0; round < 300; round += 1) {
      const filter = aFilter();
      const { sql, params } = filterToSql(filter, recommendationColumns('r'), 2);
      const rows = await database.query<{ id: number }>(
        `SELECT id FROM recommendation r WHERE id >= $1 AND ${sql} ORDER BY id`,
        [0, ...params],
      );
      const expected = [...recommendations.keys()].filter((id) =>
        matchesFilter(filter, recommendations[id]!),
      );
      expect({ filter, ids: rows.map(({ id }) => id) }).toEqual({ filter, ids: expected });
      found += expected.length;
    }
    expect(found).toBeGreaterThan(1_000);
  });
});
