import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const catalogues = join(__dirname, '..', '..', '..', 'services', 'portal', 'web', 'lang');

/** The texts of the pages in one language: a test that presses a button by its words reads them where they are. */
export function wordsOf(lang: 'en' | 'ar'): (id: string) => string {
  const texts = JSON.parse(readFileSync(join(catalogues, `${lang}.json`), 'utf8')) as Record<string, string>;
  return (id) => {
    const text = texts[id];
    if (text === undefined) throw new Error(`lang/${lang}.json has no text ${id}`);
    return text;
  };
}
