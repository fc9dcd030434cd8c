import { filterFromBody, filterToBody } from '../src/api/filter';
import { fromSearch, importSearch, listSearch, parseSearch, stringifySearch } from '../src/search';

const list = (text: string) => listSearch(parseSearch(text));

describe('the address of the list', () => {
  it('is read, and written back as it was', () => {
    const text = '?position=supported&position=noted&theme=health&q=water&page=3&sort=newest';
    const search = list(text);
    expect(search).toEqual({
      position: ['supported', 'noted'],
      theme: ['health'],
      q: 'water',
      page: 3,
      sort: 'newest',
    });
    expect(stringifySearch({ ...search })).toBe(
      '?position=supported&position=noted&theme=health&q=water&page=3&sort=newest',
    );
  });

  it.each([
    ['?position=accepted', {}],
    ['?position=accepted&position=noted', { position: ['noted'] }],
    ['?page=0', {}],
    ['?page=two&sort=length', {}],
    ['?stateUnderReview=slovenia', {}],
    ['?sdg=18&sdg=16.3', { sdg: ['16.3'] }],
    ['?cycle=3&cycle=third', { cycle: ['3'] }],
    ['?theme=health&theme=health', { theme: ['health'] }],
    ['?postion=noted', {}],
  ])('drops what makes no sense: %s', (text, expected) => {
    expect(list(text)).toEqual(expected);
  });

  it('leaves no trace of what is unset', () => {
    expect(stringifySearch({ q: '', page: undefined, theme: [] })).toBe('');
  });
});

it('a filter goes to a service with its numbers as numbers, and comes back', () => {
  const filter = list('?cycle=3&sdg=16.3&q=health');
  const body = filterToBody(filter);
  expect(body).toEqual({ cycle: [3], sdg: ['16.3'], q: 'health' });
  expect(filterFromBody({ ...body, unknown: ['x'] })).toEqual(filter);
});

it('other pages read theirs', () => {
  expect(fromSearch(parseSearch('?since=2026-11-01&page=2'))).toEqual({ since: '2026-11-01', page: 2 });
  expect(fromSearch(parseSearch('?since=yesterday'))).toEqual({});
  expect(importSearch(parseSearch('?show=rejected&step=columns'))).toEqual({
    show: 'rejected',
    step: 'columns',
  });
  expect(importSearch(parseSearch('?show=all&step=2'))).toEqual({});
});
