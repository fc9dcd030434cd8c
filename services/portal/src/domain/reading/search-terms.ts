import { fold } from '@followthrough/vocabulary';

/** One thing that must be said, or must not. */
export interface SearchTerm {
  /** Folded words; a phrase keeps them in order. */
  words: string;
  phrase: boolean;
  excluded: boolean;
}

const MOST_TERMS = 12;

/**
 * Reads what a person types: words that must all occur, "words in quotation marks" in this order, and words with
 * a minus that must not occur.
 */
export function searchTerms(q: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const [, minus, quoted, plain] of fold(q).matchAll(/(?<=^|\s)(-?)(?:"([^"]*)"|(\S+))/gu)) {
    const words = searchable(quoted ?? plain ?? '');
    if (words !== '') terms.push({ words, phrase: words.includes(' '), excluded: minus === '-' });
  }
  return terms.slice(0, MOST_TERMS);
}

/**
 * Folded text as it is given to full text search, on both sides. PostgreSQL takes a Chinese sentence for one
 * word, so Chinese is cut into overlapping pairs of characters.
 */
export function searchable(text: string): string {
  return fold(text)
    .replace(/[\p{Script=Han}]+/gu, (run) => ` ${pairs(run)} `)
    .replace(/[^\p{L}\p{N}./'-]+/gu, ' ')
    .replace(/(?<=^|\s)[./'-]+|[./'-]+(?=\s|$)/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

function pairs(run: string): string {
  const characters = [...run];
  if (characters.length === 1) return run;
  return characters
    .slice(1)
    .map((character, index) => `${characters[index]}${character}`)
    .join(' ');
}

const configurations: Record<string, string> = {
  ar: 'arabic',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  ru: 'russian',
};

/** PostgreSQL's text search configuration for a BCP 47 language tag. */
export function searchConfiguration(language: string): string {
  return configurations[language.toLowerCase().split('-')[0] ?? ''] ?? 'simple';
}
