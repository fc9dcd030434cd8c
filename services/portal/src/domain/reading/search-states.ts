import type { SearchTerm } from './search-terms';

/** A search term together with the States that it may name; the words then need not stand in the text. */
export interface StateTerm extends SearchTerm {
  states: readonly string[];
}

const LONGEST_NAME = 6;

/**
 * Joins words that name a State ("south", "africa") into one term. The longest name wins; words that name none
 * stay as they are.
 * @param codesOf the States (alpha-3) that go by a folded name, in any language
 */
export function nameStates(
  terms: readonly SearchTerm[],
  codesOf: (name: string) => readonly string[],
): StateTerm[] {
  const named: StateTerm[] = [];
  for (let start = 0; start < terms.length;) {
    const run = longestName(terms, start, codesOf);
    named.push(run ?? { ...terms[start]!, states: codesOf(terms[start]!.words) });
    start += run ? run.words.split(' ').length : 1;
  }
  return named;
}

function longestName(
  terms: readonly SearchTerm[],
  start: number,
  codesOf: (name: string) => readonly string[],
): StateTerm | null {
  for (let length = Math.min(LONGEST_NAME, terms.length - start); length > 1; length -= 1) {
    const run = terms.slice(start, start + length);
    if (run.some((term) => term.phrase || term.excluded)) continue;
    const words = run.map((term) => term.words).join(' ');
    const states = codesOf(words);
    if (states.length > 0) return { words, phrase: true, excluded: false, states };
  }
  return null;
}
