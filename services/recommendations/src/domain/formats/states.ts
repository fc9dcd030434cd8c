import { findUprSession, matchState, splitStates, suggestStates } from '@followthrough/vocabulary';
import type { StateMention } from './types';
import { oneLine } from './words';

/** Different names in one file: more of them are texts in the wrong column, and not worth remembering. */
const REMEMBERED = 5_000;

/**
 * Names of States of one file, each resolved once. `on` (ISO date, or '') says when the name was used: names
 * change. A name that means no State, or more than one, keeps what was written and gets suggestions.
 */
export class StateNames {
  private readonly mentions = new Map<string, StateMention>();
  private readonly codes = new Map<string, string | null>();
  private readonly lists = new Map<string, StateMention[]>();

  /** `demo`: also the invented State of the demonstration data */
  constructor(private readonly demo = false) {}

  /** alpha-3 of a name that means exactly one State, else null */
  codeOf(written: string, on = ''): string | null {
    return remembered(this.codes, `${on} ${written}`, () => {
      return matchState(oneLine(written), this.options(on))?.code ?? null;
    });
  }

  mention(written: string, on = ''): StateMention {
    return remembered(this.mentions, `${on} ${written}`, () => {
      const raw = oneLine(written);
      const code = raw === '' ? null : this.codeOf(raw, on);
      const suggestions = code || raw === '' ? [] : suggestStates(raw, { demo: this.demo });
      return { raw, code, suggestions: suggestions.map((suggestion) => suggestion.code) };
    });
  }

  /** The States of a list as people write it, each once, in order. */
  list(written: string, on = ''): StateMention[] {
    return remembered(this.lists, `${on} ${written}`, () => {
      return distinctMentions(splitStates(written, this.options(on)).map((name) => this.mention(name, on)));
    });
  }

  private options(on: string): { demo: boolean; on?: string } {
    return on === '' ? { demo: this.demo } : { demo: this.demo, on };
  }
}

/** Each State once, in order. */
export function distinctMentions(mentions: StateMention[]): StateMention[] {
  const seen = new Set<string>();
  return mentions.filter(({ code, raw }) => {
    const key = code ?? raw;
    if (raw === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** When the names in the report of a session were used; '' where that is not known. */
export function dateOfSession(session: number | null): string {
  return (session === null ? undefined : findUprSession(session))?.from ?? '';
}

function remembered<T>(memory: Map<string, T>, key: string, find: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const found = find();
  if (memory.size < REMEMBERED) memory.set(key, found);
  return found;
}
