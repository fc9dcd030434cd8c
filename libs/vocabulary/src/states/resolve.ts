import { type Alias, aliasIndex } from './aliases';
import { decodeEntities, nameKey } from './key';
import { within } from './period';
import { findStateByCode } from './states';
import { type Suggestion, suggestStates } from './suggest';

/**
 * How a name was matched. `exact`: the UN's short name, today's or that of the date asked for; `formal`: its formal
 * name; `variant` and `abbreviation`: other names that mean one State without doubt; `inverted`: the words of one of
 * these in another order; `historic`: a name that the State no longer has; `code`: its ISO 3166-1 alpha-3 code.
 */
export type MatchKind = 'exact' | 'formal' | 'variant' | 'abbreviation' | 'inverted' | 'historic' | 'code';

export interface StateMatch {
  code: string;
  match: MatchKind;
  suggestions?: undefined;
}

/** No State is named, or more than one: who may be meant, most likely first. Nothing is taken for a match. */
export interface StateQuestion {
  code?: undefined;
  match?: undefined;
  suggestions: Suggestion[];
}

export interface ResolveOptions {
  /** Date of the document, ISO 8601, whole or cut after the month or year. */
  on?: string;
  /** Also know the invented State of the demonstration data. */
  demo?: boolean;
}

/**
 * The State that a name means, in any of the six UN languages, whatever its accents, case, articles, order of words
 * and HTML references. Never a guess: a misspelt or ambiguous name gives suggestions only.
 */
export function resolveState(name: string, options: ResolveOptions = {}): StateMatch | StateQuestion {
  return matchState(name, options) ?? { suggestions: suggestStates(name, options) };
}

/** The same few hundred names come in every row of a file. */
const kept = new Map<string, StateMatch | null>();
const MOST_KEPT = 20_000;

/** Like `resolveState`, with null in place of suggestions, which cost a hundred times as much. */
export function matchState(name: string, options: ResolveOptions = {}): StateMatch | null {
  const question = `${options.on ?? ''}|${options.demo ?? false}|${name}`;
  let answer = kept.get(question);
  if (answer === undefined) {
    answer = findMatch(name, options);
    if (kept.size < MOST_KEPT) kept.set(question, answer);
  }
  return answer && { ...answer };
}

function findMatch(name: string, options: ResolveOptions): StateMatch | null {
  const text = decodeEntities(name).trim();
  if (/^[A-Z]{3}$/.test(text)) {
    const state = findStateByCode(text);
    if (state && (state.status !== 'demo' || options.demo)) return { code: text, match: 'code' };
  }
  const key = nameKey(text);
  const { ordered, bag } = aliasIndex();
  return pick(ordered.get(key.ordered), options, false) ?? pick(bag.get(key.bag), options, true);
}

const preference: MatchKind[] = ['exact', 'formal', 'variant', 'abbreviation', 'historic'];

function pick(aliases: Alias[] | undefined, options: ResolveOptions, inverted: boolean): StateMatch | null {
  const usable = (aliases ?? []).filter((alias) => !alias.demo || options.demo);
  const valid = usable.filter((alias) => isCurrent(alias, options.on));
  const chosen = valid.length > 0 ? valid : usable;
  const [code, ...rest] = new Set(chosen.map((alias) => alias.code));
  if (code === undefined || rest.length > 0) return null;
  const kinds = new Set(chosen.map((alias) => matchKind(alias, options.on)));
  const best = preference.find((kind) => kinds.has(kind)) ?? 'variant';
  return { code, match: inverted && best !== 'historic' ? 'inverted' : best };
}

/** A name that a State has on the date asked for, today where none is given. */
function isCurrent(alias: Alias, on: string | undefined): boolean {
  return on === undefined ? alias.to === '' : within(alias, on);
}

function matchKind(alias: Alias, on: string | undefined): MatchKind {
  switch (alias.kind) {
    case 'short':
      return 'exact';
    case 'historic':
      return on !== undefined && within(alias, on) ? 'exact' : 'historic';
    case 'formal':
    case 'variant':
    case 'abbreviation':
      return alias.kind;
  }
}
