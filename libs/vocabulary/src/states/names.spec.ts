import { formerNames, stateName } from './names';
import { findStateByCode, listStates, regionalGroups } from './states';

describe('States', () => {
  it('are 193 members and two observers, each once and with its codes', () => {
    const states = listStates();
    expect(states.filter(({ status }) => status === 'member')).toHaveLength(193);
    expect(states.filter(({ status }) => status === 'observer').map(({ code }) => code)).toEqual([
      'PSE',
      'VAT',
    ]);
    for (const key of ['code', 'iso2', 'm49'] as const) {
      expect(new Set(states.map((state) => state[key])).size).toBe(195);
    }
    expect(findStateByCode('SVN')).toEqual({
      code: 'SVN',
      iso2: 'SI',
      m49: '705',
      group: 'eeg',
      status: 'member',
    });
  });

  it('stand in the five regional groups as the General Assembly counts them', () => {
    const sizes = regionalGroups.map((group) => listStates().filter((state) => state.group === group).length);
    expect(Object.fromEntries(regionalGroups.map((group, at) => [group, sizes[at]]))).toEqual({
      african: 54,
      'asia-pacific': 54,
      eeg: 23,
      grulac: 33,
      weog: 29,
    });
  });

  it.each([
    ['SVN', 'fr', undefined, 'Slovénie'],
    ['SLV', 'fr', undefined, 'El Salvador'],
    ['GBR', 'ru', undefined, 'Соединенное Королевство Великобритании и Северной Ирландии'],
    ['TUR', 'en', undefined, 'Türkiye'],
    ['TUR', 'en', '2022-05-31', 'Turkey'],
    ['TUR', 'fr-CA', '2014-11', 'Turquie'],
    ['SWZ', 'en', '2018-04', 'Swaziland'],
    ['SWZ', 'en', '2018-04-19', 'Eswatini'],
    ['MKD', 'en', '2014', 'the former Yugoslav Republic of Macedonia'],
    ['BOL', 'en', '2009-04-30', 'Bolivia'],
    ['BOL', 'en', '2009-05', 'Bolivia (Plurinational State of)'],
    ['SRB', 'en', '2005', 'Serbia and Montenegro'],
    ['XTM', 'ar', undefined, 'تاماريا'],
    ['EUE', 'pt', undefined, 'European Union'],
    ['ZZZ', 'en', undefined, 'ZZZ'],
  ])('%s is called in %s on %s: %s', (code, locale, on, name) => {
    expect(stateName(code, locale, on)).toBe(name);
  });

  it('had their former names one after the other', () => {
    for (const former of formerNames) {
      expect(findStateByCode(former.code)).toBeDefined();
      expect(former.to).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/);
      expect(former.from < former.to).toBe(true);
    }
  });
});
