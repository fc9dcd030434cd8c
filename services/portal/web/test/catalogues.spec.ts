import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { compileCatalogue, parts } from '../build/catalogues';

type Catalogue = Record<string, string>;
const read = (locale: string) =>
  JSON.parse(readFileSync(join(__dirname, '..', 'lang', `${locale}.json`), 'utf8')) as Catalogue;
const locales = ['en', 'fr', 'ar'];
const catalogues = new Map(locales.map((locale) => [locale, read(locale)]));
const english = catalogues.get('en') ?? {};

interface Plural {
  ordinal: boolean;
  options: string[];
}

/** Arguments and plurals of a message, at any depth. */
function anatomy(text: string): { arguments: Set<string>; plurals: Plural[] } {
  const found = { arguments: new Set<string>(), plurals: [] as Plural[] };
  const walk = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.arguments.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
      if (element.type === TYPE.tag) walk(element.children);
      if (element.type === TYPE.plural) {
        found.plurals.push({
          ordinal: element.pluralType === 'ordinal',
          options: Object.keys(element.options),
        });
      }
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const option of Object.values(element.options)) walk(option.value);
      }
    }
  };
  walk(parse(text));
  return found;
}

/** What a language needs and the catalogue does not have, a line each. */
function gaps(locale: string, catalogue: Catalogue): string[] {
  const needed = (ordinal: boolean) =>
    new Intl.PluralRules(locale, { type: ordinal ? 'ordinal' : 'cardinal' }).resolvedOptions()
      .pluralCategories;
  return Object.entries(catalogue).flatMap(([id, text]) =>
    anatomy(text).plurals.flatMap(({ ordinal, options }) =>
      needed(ordinal)
        .filter((category) => !options.includes(category))
        .map((category) => `${locale} ${id}: no "${category}"`),
    ),
  );
}

describe.each(locales)('catalogue %s', (locale) => {
  const catalogue = catalogues.get(locale) ?? {};

  it('has the same ids as the English one, and no empty text', () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(english));
    expect(Object.entries(catalogue).filter(([, text]) => !text.trim())).toEqual([]);
  });

  it('has every plural form its language knows', () => {
    expect(gaps(locale, catalogue)).toEqual([]);
  });

  it('asks for the arguments that the English text asks for', () => {
    const different = Object.keys(english).filter((id) => {
      const own = [...anatomy(catalogue[id] ?? '').arguments].sort().join();
      return own !== [...anatomy(english[id] ?? '').arguments].sort().join();
    });
    expect(different).toEqual([]);
  });

  it('compiles, and its parts are the whole', () => {
    const ids = parts.flatMap((part) => Object.keys(compileCatalogue(catalogue, part)));
    expect(ids.sort()).toEqual(Object.keys(catalogue).sort());
  });
});

it('Arabic has six forms, and a form left out is found', () => {
  const all = new Intl.PluralRules('ar').resolvedOptions().pluralCategories;
  expect([...all].sort()).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
  expect(gaps('ar', { planted: '{n, plural, zero {a} one {b} two {c} few {d} other {e}}' })).toEqual([
    'ar planted: no "many"',
  ]);
});

it('no catalogue but the English one speaks English where it should not', () => {
  const mayBeEqual =
    /^(sdg|list\.quoted|pager\.label|total|shell\.menu|field\.(session|cycle|document)|internal\.note)$/;
  const same = Object.keys(english).filter(
    (id) => catalogues.get('ar')?.[id] === english[id] && !mayBeEqual.test(id),
  );
  expect(same).toEqual([]);
});
