import { nameStates } from './search-states';
import { searchable, searchConfiguration, searchTerms } from './search-terms';

const words = (q: string) => searchTerms(q).map(({ words }) => words);

describe('what a person types to search', () => {
  it('reads words, phrases and what must not be said', () => {
    expect(searchTerms('Women "death penalty" -prisons')).toEqual([
      { words: 'women', phrase: false, excluded: false },
      { words: 'death penalty', phrase: true, excluded: false },
      { words: 'prisons', phrase: false, excluded: true },
    ]);
  });

  it('folds accents, hamza and vowel signs', () => {
    expect(words('Égalité')).toEqual(['egalite']);
    expect(searchable('المَرْأَة')).toBe(searchable('المراه'));
  });

  it('cuts Chinese into pairs', () => {
    expect(searchable('人权保护')).toBe('人权 权保 保护');
    expect(searchable('权')).toBe('权');
  });

  it('keeps paragraphs and symbols whole, drops lone signs', () => {
    expect(words('140.10 A/HRC/28/15 ... & ,')).toEqual(['140.10', 'a/hrc/28/15']);
    expect(words('  ""  ')).toEqual([]);
  });

  it('knows the configuration of a language', () => {
    expect(searchConfiguration('fr-CA')).toBe('french');
    expect(searchConfiguration('zh')).toBe('simple');
    expect(searchConfiguration('und')).toBe('simple');
  });
});

describe('names of States among the words', () => {
  const codes: Record<string, string[]> = { 'south africa': ['ZAF'], africa: ['XAF'], sweden: ['SWE'] };
  const codesOf = (name: string) => codes[name] ?? [];

  it('takes the longest name', () => {
    expect(nameStates(searchTerms('women South Africa Sweden'), codesOf)).toEqual([
      { words: 'women', phrase: false, excluded: false, states: [] },
      { words: 'south africa', phrase: true, excluded: false, states: ['ZAF'] },
      { words: 'sweden', phrase: false, excluded: false, states: ['SWE'] },
    ]);
  });

  it('does not join what is excluded or in quotation marks', () => {
    expect(nameStates(searchTerms('south -africa'), codesOf).map(({ words }) => words)).toEqual([
      'south',
      'africa',
    ]);
  });
});
