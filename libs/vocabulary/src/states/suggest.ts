import { type Alias, aliasIndex } from './aliases';
import { nameKey } from './key';

export interface Suggestion {
  code: string;
  /** The name that the given one resembles. */
  name: string;
  /** Likeness from 0 to 1. */
  score: number;
}

const LEAST_SCORE = 0.5;
/** A suggestion that is this much less like the name than the best one is noise beside it. */
const LEAST_PART_OF_BEST = 0.7;
const MOST_SUGGESTIONS = 5;
/** Names that share fewer letter triples than this are not worth computing their distance. */
const LEAST_TRIPLES = 0.15;

const kept = new Map<string, Suggestion[]>();

/**
 * States with a name like the given one, most alike first, at most five, each once. Likeness is that of letter
 * triples and of edit distance, whichever is greater; a name whose words are all among another's counts as like it
 * ("Korea").
 */
export function suggestStates(name: string, options: { demo?: boolean } = {}): Suggestion[] {
  const { ordered } = nameKey(name);
  if (ordered.length < 3) return [];
  const question = `${options.demo ?? false} ${ordered}`;
  let found = kept.get(question);
  if (!found) {
    found = search(ordered, options.demo ?? false);
    if (kept.size < 1_000) kept.set(question, found);
  }
  return found.map((suggestion) => ({ ...suggestion }));
}

function search(wanted: string, demo: boolean): Suggestion[] {
  const best = new Map<string, Suggestion>();
  for (const alias of aliasIndex().all) {
    if (alias.demo && !demo) continue;
    const score = likeness(wanted, alias);
    if (score < LEAST_SCORE || score <= (best.get(alias.code)?.score ?? 0)) continue;
    best.set(alias.code, { code: alias.code, name: alias.name, score: Math.round(score * 100) / 100 });
  }
  const all = [...best.values()].sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
  const least = (all[0]?.score ?? 0) * LEAST_PART_OF_BEST;
  return all.filter(({ score }) => score >= least).slice(0, MOST_SUGGESTIONS);
}

function likeness(wanted: string, alias: Alias): number {
  const known = alias.ordered;
  const byTriples = sharedTriples(wanted, known);
  if (byTriples < LEAST_TRIPLES) return 0;
  const longer = Math.max(wanted.length, known.length);
  const words = new Set(known.split(' '));
  const contained = wanted.split(' ').every((word) => word.length > 3 && words.has(word)) ? 0.6 : 0;
  const lengthsDiffer = Math.abs(wanted.length - known.length) > longer / 2;
  const byEdits = lengthsDiffer ? 0 : 1 - editDistance(wanted, known) / longer;
  return Math.max(byEdits, byTriples, contained);
}

/** Dice coefficient of the triples of letters, words padded as in pg_trgm. */
function sharedTriples(a: string, b: string): number {
  const left = triples(a);
  const right = triples(b);
  let shared = 0;
  for (const triple of left) if (right.has(triple)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}

const triplesOf = new Map<string, Set<string>>();

function triples(text: string): Set<string> {
  const known = triplesOf.get(text);
  if (known) return known;
  const found = new Set<string>();
  for (const word of text.split(' ')) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) found.add(padded.slice(at, at + 3));
  }
  if (triplesOf.size < 10_000) triplesOf.set(text, found);
  return found;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
