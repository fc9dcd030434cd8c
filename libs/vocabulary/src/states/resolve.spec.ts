import { aliasIndex } from './aliases';
import { resolveState } from './resolve';
import { listStates } from './states';
import { stateName } from './names';
import { unLanguages } from '../locale';

describe('resolveState', () => {
  it('knows every State by its short name in the six languages', () => {
    for (const { code } of listStates({ others: true })) {
      for (const language of unLanguages) {
        expect([code, language, resolveState(stateName(code, language)).code]).toEqual([
          code,
          language,
          code,
        ]);
      }
    }
  });

  it('has no name that means two States', () => {
    const { ordered, bag } = aliasIndex();
    for (const index of [ordered, bag]) {
      for (const [key, aliases] of index) {
        expect([key, ...new Set(aliases.map(({ code }) => code))]).toHaveLength(2);
      }
    }
  });

  it.each([
    ['Slovenia', 'SVN', 'exact'],
    ['the Gambia', 'GMB', 'exact'],
    ['CÔTE D’IVOIRE', 'CIV', 'exact'],
    ["Cote d'Ivoire", 'CIV', 'exact'],
    ['São Tomé & Príncipe', 'STP', 'exact'],
    ['St Kitts & Nevis', 'KNA', 'exact'],
    ['St. Vincent and the Grenadines', 'VCT', 'exact'],
    ['Bosnia &amp; Herzegovina', 'BIH', 'exact'],
    ['State of Palestine*', 'PSE', 'exact'],
    ['&#40;France&#41;', 'FRA', 'exact'],
    ['Timor Leste', 'TLS', 'exact'],
    ['Iran (Islamic Republic of)', 'IRN', 'exact'],
    ['Islamic Republic of Iran', 'IRN', 'formal'],
    ['Bolivarian Republic of Venezuela', 'VEN', 'formal'],
    ['Korea, Republic of', 'KOR', 'variant'],
    ['Tanzania, United Republic of', 'TZA', 'inverted'],
    ['Arab Republic, Syrian', 'SYR', 'inverted'],
    ['Venezuela', 'VEN', 'variant'],
    ['Macedonia FYR', 'MKD', 'abbreviation'],
    ['DPR Korea', 'PRK', 'abbreviation'],
    ['U.S.A.', 'USA', 'abbreviation'],
    ['Congo', 'COG', 'exact'],
    ['Republic of Congo', 'COG', 'formal'],
    ['Democratic Republic of Congo', 'COD', 'exact'],
    ['Swaziland', 'SWZ', 'historic'],
    ['Turkey', 'TUR', 'historic'],
    ['the former Yugoslav Republic of Macedonia', 'MKD', 'historic'],
    ['Libyan Arab Jamahiriya', 'LBY', 'historic'],
    ['Serbia and Montenegro', 'SRB', 'historic'],
    ['Czech Republic', 'CZE', 'formal'],
    ['EU', 'EUE', 'abbreviation'],
    ['SVN', 'SVN', 'code'],
    ['Республика Корея', 'KOR', 'exact'],
    ['المملكة المتحدة', 'GBR', 'variant'],
    ['دولة بوليفيا المتعددة القوميات', 'BOL', 'formal'],
    ['前南斯拉夫的马其顿共和国', 'MKD', 'historic'],
  ])('%s is %s (%s)', (name, code, match) => {
    expect(resolveState(name)).toEqual({ code, match });
  });

  it.each([
    ['Turkey', '2014', 'exact'],
    ['Türkiye', '2014-11', 'exact'],
    ['Turkey', '2023-01-01', 'historic'],
    ['Swaziland', '2018-04-18', 'exact'],
    ['Swaziland', '2018-04-19', 'historic'],
    ['Czech Republic', '2012', 'exact'],
  ])('%s on %s is matched as %s', (name, on, match) => {
    expect(resolveState(name, { on }).match).toBe(match);
  });

  it.each([
    ['Lichtenstein', 'LIE'],
    ['United Sates', 'USA'],
    ['Holly See', 'VAT'],
    ['New Zeeland', 'NZL'],
    ['Repubic of Korea', 'KOR'],
    ['Afghanstan', 'AFG'],
    ['Argentinia', 'ARG'],
    ['Кыргыстан', 'KGZ'],
  ])('%s is not guessed; %s is suggested first', (name, code) => {
    const answer = resolveState(name);
    expect(answer.code).toBeUndefined();
    expect(answer.suggestions?.[0]).toMatchObject({ code });
  });

  it('asks which of two is meant', () => {
    expect(resolveState('Korea').suggestions?.map(({ code }) => code)).toEqual(['KOR', 'PRK']);
  });

  it.each(['', '(Unknown)', '&#40;Unknown&#41;', '???', 'Working Group', 'svn'])(
    'finds nobody in "%s"',
    (name) => {
      expect(resolveState(name).code).toBeUndefined();
    },
  );

  it('knows the demonstration State only where asked to', () => {
    expect(resolveState('Tamaria').code).toBeUndefined();
    expect(resolveState('XTM').code).toBeUndefined();
    expect(resolveState('Tamarie', { demo: true })).toEqual({ code: 'XTM', match: 'exact' });
    expect(resolveState('Tamara', { demo: true }).suggestions?.[0]?.code).toBe('XTM');
    expect(listStates({ others: true }).map(({ code }) => code)).not.toContain('XTM');
  });
});
