import { type Filterable, matchesFilter } from './matches';
import { FilterError, filterFromQuery, filterToQuery, parseFilter } from './query';
import { filterToSql, recommendationColumns } from './sql';

const recommendation: Filterable = {
  kind: 'recommendation',
  mechanism: 'UPR',
  stateUnderReview: 'SVN',
  cycle: 3,
  session: 34,
  symbol: 'A/HRC/43/15',
  paragraph: '121.10',
  text: 'Garantir l’égalité devant la loi',
  recommendingStates: ['FRA', 'LTU'],
  position: 'supported',
  actionCategory: 4,
  themes: ['equality'],
  groups: [],
  sdgs: ['5.1', '16'],
};

describe('filterFromQuery', () => {
  it('reads repeated keys and numbers, from URLSearchParams and from a parsed query alike', () => {
    const expected = { position: ['supported', 'noted'], cycle: [3], stateUnderReview: ['SVN'], q: 'child' };
    const text = 'position=supported&position=noted&cycle=3&stateUnderReview=svn&q=child&theme=&page=2';
    expect(filterFromQuery(new URLSearchParams(text))).toEqual(expected);
    const parsed = {
      position: ['supported', 'noted'],
      cycle: '3',
      stateUnderReview: 'svn',
      q: 'child',
      theme: '',
    };
    expect(filterFromQuery(parsed)).toEqual(expected);
  });

  it.each([
    ['position=accepted', /position/],
    ['cycle=three', /cycle/],
    ['stateUnderReview=Slovenia', /alpha-3/],
    ['sdg=18', /goal/],
    ['kind=concern', /kind/],
    ['postion=noted', /no filter "postion"/],
  ])('refuses %s', (query, reason) => {
    const read = () => filterFromQuery(new URLSearchParams(query), ['page']);
    expect(read).toThrow(FilterError);
    expect(read).toThrow(reason);
  });

  it('takes other keys of the route', () => {
    expect(filterFromQuery(new URLSearchParams('page=2'), ['page'])).toEqual({});
  });

  it('refuses a field without values, which would look like a filter and match everything', () => {
    expect(() => parseFilter({ stateUnderReview: [] })).toThrow(FilterError);
    expect(() => parseFilter('all')).toThrow(FilterError);
  });
});

describe('filterToQuery', () => {
  it('is one string for equal filters, and the way back', () => {
    const query = filterToQuery({ q: 'a b', cycle: [10, 2], position: ['supported', 'noted', 'noted'] });
    expect(query).toBe('position=noted&position=supported&cycle=2&cycle=10&q=a+b');
    expect(filterFromQuery(new URLSearchParams(query))).toEqual({
      q: 'a b',
      cycle: [2, 10],
      position: ['noted', 'supported'],
    });
  });
});

describe('matchesFilter', () => {
  it.each([
    [{}, true],
    [{ stateUnderReview: ['HRV', 'SVN'] }, true],
    [{ stateUnderReview: ['HRV'] }, false],
    [{ recommendingState: ['LTU'], position: ['supported' as const] }, true],
    [{ recommendingState: ['LTU'], position: ['noted' as const] }, false],
    [{ sdg: ['5'] }, true],
    [{ sdg: ['16.2'] }, false],
    [{ sdg: ['16'] }, true],
    [{ group: ['none'] }, true],
    [{ theme: ['none'] }, false],
    [{ session: [34], actionCategory: [4, 5], kind: ['recommendation' as const] }, true],
    [{ q: 'EGALITE  loi' }, true],
    [{ q: '121.10' }, true],
    [{ q: 'egalite devoir' }, false],
  ])('%j: %s', (filter, expected) => {
    expect(matchesFilter(filter, recommendation)).toBe(expected);
  });
});

describe('filterToSql', () => {
  it('asks for nothing with true', () => {
    expect(filterToSql({})).toEqual({ sql: 'true', params: [] });
  });

  it('numbers its parameters from where it is told and escapes what LIKE would read', () => {
    const condition = filterToSql({ position: ['none'], q: '100%' }, recommendationColumns('r'), 4);
    expect(condition).toEqual({
      sql: 'r.position = ANY($4::text[]) AND r.search_text LIKE $5::text',
      params: [[''], '%100\\%%'],
    });
  });
});
