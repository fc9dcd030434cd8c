import { findUprSession, matchState, splitStates, suggestStates } from '@followthrough/vocabulary';
import type { StateMention } from './types';
import { oneLine } from './words';

/** Different names in one file: more of them are texts in the wrong column, and not worth remembering. */
const REMEMBERED = 5_000;
/** Looking for similar names takes milliseconds each. A file with so many unknown ones has no names there. */
const SUGGESTED = 500;
const LONGEST_NAME = 80;

/**
 * Names of States of one file, each resolved once. `on` (ISO date, or '') says when the name was used: names
 * change. A name that means no State, or more than one, keeps what was written and gets suggestions.
 */
export class StateNames {
  private readonly mentions = new Map<string, StateMention>();
  private readonly codes = new Map<string, string | null>();
  private readonly lists = new Map<string, StateMention[]>();
  private suggested = 0;

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
      return { raw, code, suggestions: code || raw === '' ? [] : this.suggestions(raw) };
    });
  }

  /** Whether a list names at least one State; looks for nothing similar. */
  namesStates(list: string): boolean {
    return (
      /\p{L}/u.test(list) && splitStates(list, this.options('')).some((name) => this.codeOf(name) !== null)
    );
  }

  /** The States of a list as people write it, each once, in order. */
  list(written: string, on = ''): StateMention[] {
    return remembered(this.lists, `${on} ${written}`, () => {
      return distinctMentions(splitStates(written, this.options(on)).map((name) => this.mention(name, on)));
    });
  }

  private suggestions(raw: string): string[] {
    if (raw.length > LONGEST_NAME || this.suggested >= SUGGESTED) return [];
    this.suggested += 1;
    return suggestStates(raw, { demo: this.demo }).map((suggestion) => suggestion.code);
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
