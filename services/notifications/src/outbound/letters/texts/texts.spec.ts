import { mailLocales } from '@followthrough/mail';
import { en } from './en';
import { fill, textsIn } from './texts';

type Tree = { [key: string]: string | Tree };
const PLURALS = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** Every path to a text, plurals as one. */
function pathsOf(tree: Tree, at = ''): string[] {
  if (Object.keys(tree).every((key) => PLURALS.has(key))) return [at];
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${at}.${key}`] : pathsOf(value, `${at}.${key}`),
  );
}

function textAt(tree: Tree, path: string): string | Tree {
  return path
    .split('.')
    .filter((step) => step !== '')
    .reduce<string | Tree>((node, step) => (node as Tree)[step] ?? '', tree);
}

describe.each(mailLocales)('texts in %s', (locale) => {
  const texts = textsIn[locale] as unknown as Tree;

  it('are all there, with the same gaps to fill', () => {
    const english = en as unknown as Tree;
    expect(pathsOf(texts).sort()).toEqual(pathsOf(english).sort());
    for (const path of pathsOf(english)) {
      const [ours, theirs] = [texts, english].map((tree) => {
        const value = textAt(tree, path);
        return typeof value === 'string' ? value : (value['other'] as string);
      });
      expect(ours).not.toBe('');
      expect([path, (ours ?? '').match(/\{\w+\}/g)]).toEqual([path, (theirs ?? '').match(/\{\w+\}/g)]);
    }
  });

  it('have every plural form that the language needs', () => {
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const path of pathsOf(texts)) {
      const value = textAt(texts, path);
      if (typeof value === 'string') continue;
      // French "many" is for millions, which no mail of ours counts.
      const wanted = locale === 'fr' ? ['one', 'other'] : needed;
      expect([path, wanted.filter((form) => !(form in value))]).toEqual([path, []]);
    }
  });
});

describe('fill', () => {
  it('fills what it knows and nothing twice', () => {
    expect(fill('{a} {b} {c}', { a: '{b}', b: '1' })).toBe('{b} 1 {c}');
  });
});
