import { unLanguages } from './locale';
import { compareSdgs, goalOf, isSdg, parseSdg, sdgGoals, sdgTargets, withTargets } from './sdg';
import { sdgTitle } from './sdg-titles';

describe('Sustainable Development Goals', () => {
  it('are 17 with 169 targets, titled in six languages', () => {
    expect(sdgGoals).toHaveLength(17);
    expect(sdgTargets).toHaveLength(169);
    for (const code of [...sdgGoals, ...sdgTargets]) {
      for (const language of unLanguages) expect(sdgTitle(code, language)).not.toBe(code);
      expect(isSdg(goalOf(code))).toBe(true);
    }
    expect(sdgTitle('5', 'fr')).toBe('Égalité entre les sexes');
    expect(sdgTitle('5', 'pt')).toBe('Gender equality');
    expect(sdgTitle('99', 'en')).toBe('99');
  });

  it('include their targets', () => {
    expect(withTargets('13')).toEqual(['13', '13.1', '13.2', '13.3', '13.a', '13.b']);
    expect(withTargets('16.2')).toEqual(['16.2']);
    expect(['10', '2.a', '2', '2.10', '2.2'].sort(compareSdgs)).toEqual(['2', '2.2', '2.10', '2.a', '10']);
  });

  it.each([
    ['- 5 - GENDER EQUALITY', '5'],
    ['16 - PEACE, JUSTICE AND STRONG INSTITUTIONS', '16'],
    ['16.2 - Protect children from abuse, exploitation, trafficking and violence', '16.2'],
    ['16.2', '16.2'],
    ['SDG 16.A', '16.a'],
    ['Goal 5: Gender equality', '5'],
    ['ODD 4', '4'],
    ['05', '5'],
    ['Target 17.18', '17.18'],
    ['18', null],
    ['5.7', null],
    ['16.2.1', null],
    ['2030 Agenda', null],
    ['100', null],
    ['No SDG link identified', null],
    ['5th goal', null],
    ['', null],
  ])('%s', (label, code) => {
    expect(parseSdg(label)).toBe(code);
  });
});
