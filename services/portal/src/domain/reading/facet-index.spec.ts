import { matchesFilter, recommendationFilter, type RecommendationFilter } from '@followthrough/contracts';
import { FacetIndex, type IndexRow } from './facet-index';
import { facets, facetValues } from './facet-terms';

const aRow = (given: Partial<IndexRow> & { no: number }): IndexRow => ({
  kind: 'recommendation',
  mechanism: 'UPR',
  stateUnderReview: 'SVN',
  cycle: 2,
  session: 20,
  recommendingStates: ['AUT'],
  position: 'supported',
  actionCategory: 4,
  themes: ['women'],
  groups: [],
  sdgs: ['5.1'],
  documentOrder: String(given.no).padStart(6, '0'),
  time: '2014-11-04',
  ...given,
});

const indexOf = (rows: IndexRow[]): FacetIndex => {
  const index = new FacetIndex();
  rows.forEach((row) => index.put(row));
  return index;
};
const all = { first: 0, size: 1000 };
const counts = (index: FacetIndex, filter: RecommendationFilter, facet: (typeof facets)[number]) =>
  Object.fromEntries(
    index.list(filter, null, 'paragraph', all).facets[facet].map(({ value, count }) => [value, count]),
  );

describe('the index of recommendations', () => {
  it('counts each facet under all selections but its own', () => {
    const index = indexOf([
      aRow({ no: 1 }),
      aRow({ no: 2, position: 'noted' }),
      aRow({ no: 3, position: 'noted', cycle: 3 }),
      aRow({ no: 4, cycle: 3 }),
    ]);
    const filter = { position: ['noted' as const], cycle: [2] };
    expect(index.list(filter, null, 'paragraph', all)).toMatchObject({ total: 1, all: 4, page: [2] });
    expect(counts(index, filter, 'position')).toEqual({ noted: 1, supported: 1 });
    expect(counts(index, filter, 'cycle')).toEqual({ '2': 1, '3': 1 });
    expect(counts(index, filter, 'stateUnderReview')).toEqual({ SVN: 1 });
  });

  it('counts a target under its goal, and finds it by the goal', () => {
    const index = indexOf([aRow({ no: 1, sdgs: ['5.1', '5.2', '16.2'] }), aRow({ no: 2, sdgs: [] })]);
    expect(counts(index, {}, 'sdg')).toEqual({ '5': 1, '5.1': 1, '5.2': 1, '16': 1, '16.2': 1, none: 1 });
    expect(index.list({ sdg: ['5'] }, null, 'paragraph', all).page).toEqual([1]);
    expect(index.list({ sdg: ['none'] }, null, 'paragraph', all).page).toEqual([2]);
  });

  it('keeps a value in sight while any row has it, and forgets it with the last', () => {
    const index = indexOf([aRow({ no: 1 }), aRow({ no: 2, themes: ['detention'], position: 'noted' })]);
    expect(counts(index, { position: ['supported'] }, 'theme')).toEqual({ women: 1, detention: 0 });
    index.remove(2);
    expect(counts(index, {}, 'theme')).toEqual({ women: 1 });
    index.put(aRow({ no: 1, themes: ['health'] }));
    expect(counts(index, {}, 'theme')).toEqual({ health: 1 });
  });

  it('pages in order, also after changes', () => {
    const index = indexOf([1, 2, 3, 4, 5].map((no) => aRow({ no, time: `2014-0${no}-01` })));
    expect(index.list({}, null, 'paragraph', { first: 2, size: 2 }).page).toEqual([3, 4]);
    expect(index.list({}, null, 'newest', { first: 0, size: 2 }).page).toEqual([5, 4]);
    index.put(aRow({ no: 2, documentOrder: 'z', time: '2020-01-01' }));
    index.remove(4);
    expect(index.list({}, null, 'paragraph', all).page).toEqual([1, 3, 5, 2]);
    expect(index.list({}, null, 'newest', all).page).toEqual([2, 5, 3, 1]);
  });

  it('keeps to what a search found, in page, total and counts', () => {
    const index = indexOf([1, 2, 3].map((no) => aRow({ no })));
    const listed = index.list({}, new Set([1, 3]), 'paragraph', all);
    expect(listed).toMatchObject({ total: 2, all: 3, page: [1, 3] });
    expect(listed.facets.position).toEqual([{ value: 'supported', count: 2 }]);
  });

  it('agrees with the one filter of the platform on whatever is asked', () => {
    let seed = 7;
    const draw = <T>(values: readonly T[]): T =>
      values[(seed = (seed * 48271) % 2147483647) % values.length]!;
    const some = <T>(values: readonly T[]): T[] => values.filter(() => draw([true, false, false]));
    const rows = Array.from({ length: 150 }, (_, no) =>
      aRow({
        no,
        kind: draw(['recommendation', 'pledge']),
        mechanism: draw(['UPR', 'CEDAW', 'CRC']),
        stateUnderReview: draw(['SVN', 'FRA', '']),
        cycle: draw([0, 1, 2, 3]),
        position: draw(['supported', 'noted', '']),
        recommendingStates: some(['AUT', 'DEU', 'CHE']),
        themes: some(['women', 'health', 'detention']),
        sdgs: some(['5', '5.1', '16.2']),
        actionCategory: draw([0, 2, 5]),
      }),
    );
    const index = indexOf(rows);
    const valuesOf = new Map(rows.map((row) => [row, facetValues(row)]));
    for (let round = 0; round < 60; round += 1) {
      const asked: Record<string, unknown> = {};
      const add = (field: string, values: unknown[]) =>
        values.length > 0 ? (asked[field] = values) : undefined;
      add('position', some(['supported', 'noted', 'none']));
      add('stateUnderReview', some(['SVN', 'none']));
      add('recommendingState', some(['AUT', 'none']));
      add('theme', some(['women', 'none', 'unheard-of']));
      add('sdg', some(['5', '5.1', 'none']));
      add('cycle', some([0, 2]));
      add('kind', some(['pledge']));
      const filter = recommendationFilter.parse(asked);
      const kept = rows.filter((row) =>
        matchesFilter(filter, { ...row, symbol: '', paragraph: '', text: '' }),
      );
      const listed = index.list(filter, null, 'paragraph', all);
      expect(listed.page).toEqual(kept.map(({ no }) => no));
      for (const facet of facets) {
        const others = { ...filter, [facet]: undefined };
        const among = rows.filter((row) =>
          matchesFilter(others, { ...row, symbol: '', paragraph: '', text: '' }),
        );
        for (const { value, count } of listed.facets[facet]) {
          expect([facet, value, count]).toEqual([
            facet,
            value,
            among.filter((row) => valuesOf.get(row)![facet].includes(value)).length,
          ]);
        }
      }
    }
  });
});
