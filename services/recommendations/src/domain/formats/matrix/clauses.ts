import { distinctMentions, type StateNames } from '../states';
import type { Clause, StateMention } from '../types';
import { type Bracket, brackets } from './brackets';

export interface Asked {
  recommendingStates: StateMention[];
  /** two or more, where the paragraph holds several texts with States of their own */
  clauses: Clause[];
}

/**
 * Who asks for what in one paragraph. Working Group reports name States in brackets behind what they ask for:
 * `Ratify ... (France) (Lithuania);`, `Complete ... (Ukraine); Increase ... (Slovakia);`, and in the first cycle
 * inside the sentence, `sign (Algeria)/ratify (Egypt)`. Other brackets are explanations, unless they end the text:
 * what stands there is a State, be it misspelt.
 */
export function whoAsks(text: string, names: StateNames, on = ''): Asked {
  const found = brackets(text);
  const groups: { start: number; end: number; states: StateMention[] }[] = [];
  found.forEach((bracket, index) => {
    const states = statesIn(bracket, text, index === found.length - 1, names, on);
    if (!states) return;
    const last = groups.at(-1);
    const between = last ? text.slice(last.end, bracket.start) : 'text';
    if (last && /^[\s,;]*(and)?\s*$/.test(between)) {
      last.states.push(...states);
      last.end = bracket.end;
    } else groups.push({ start: bracket.start, end: bracket.end, states: [...states] });
  });
  const recommendingStates = distinctMentions(groups.flatMap((group) => group.states));
  if (groups.length < 2) return { recommendingStates, clauses: [] };
  let from = 0;
  const clauses = groups.map((group) => {
    const clause = {
      text: tidy(text.slice(from, group.start)),
      recommendingStates: distinctMentions(group.states),
    };
    from = group.end;
    return clause;
  });
  return { recommendingStates, clauses };
}

function statesIn(
  bracket: Bracket,
  text: string,
  last: boolean,
  names: StateNames,
  on: string,
): StateMention[] | null {
  const content = bracket.content.trim();
  const closing = last && /^[\s;.,:]*$/.test(text.slice(bracket.end));
  if (content.length > 2_000 || content === '') return null;
  // Abbreviations of treaties (ICRMW, CAT) are in brackets as well; of States only those that are known are.
  if (/^[A-Z]{2,8}(-[A-Z0-9]+)?$/.test(content) && !names.codeOf(content)) return null;
  if (!closing && !/^\p{Lu}|^the /u.test(content)) return null;
  const states = names.list(content, on);
  const known = states.filter((state) => state.code !== null).length;
  if (known > 0 && known * 2 >= states.length) return states;
  const alike = states.every((state) => state.code !== null || state.suggestions.length > 0);
  const ends = closing || /^\s*;/.test(text.slice(bracket.end));
  if (closing && looksLikeNames(content)) return states;
  return ends && alike && looksLikeNames(content) ? states : null;
}

/** A few capitalised words, no figures: `Lichtenstein`, not `see paragraph 5`. */
function looksLikeNames(content: string): boolean {
  return (
    /^\p{Lu}[^\d:]*$/u.test(content) &&
    content.split(/[,;]/).every((part) => part.trim().split(/\s+/).length <= 8)
  );
}

function tidy(text: string): string {
  return text
    .replace(/^[\s;,./]+/, '')
    .replace(/[\s;,]+$/, '')
    .replace(/\s+/g, ' ');
}
