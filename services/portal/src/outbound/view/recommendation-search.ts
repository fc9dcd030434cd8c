import { Database } from '@followthrough/database';
import { matchState, suggestStates } from '@followthrough/vocabulary';
import { Injectable } from '@nestjs/common';
import { nameStates, type StateTerm } from '../../domain/reading/search-states';
import { searchTerms } from '../../domain/reading/search-terms';
import { RecommendationIndex } from './recommendation-index';
import { stateLexeme } from './recommendation-rows';

const SHORTEST_NAME = 3;
const SHORTEST_BEGINNING = 4;
const LEAST_LIKENESS = 0.7;

/** Finds recommendations by words: each text in its own language, States by name in any. */
@Injectable()
export class RecommendationSearch {
  constructor(
    private readonly database: Database,
    private readonly index: RecommendationIndex,
  ) {}

  /** Numbers of the rows that say all that was asked for; null where nothing was. */
  async find(q: string | undefined): Promise<Set<number> | null> {
    const terms = searchTerms(q ?? '');
    if (terms.length === 0) return null;
    const named = nameStates(terms, statesCalled);
    const found = await this.match(named);
    if (found.size > 0) return found;
    // Nobody says this: a misspelt name of a State is the likeliest reason.
    const guessed = named.map((term) => ({
      ...term,
      states: term.states.length > 0 ? term.states : statesLike(term),
    }));
    const any = guessed.some(({ states }, index) => states.length > named[index]!.states.length);
    return any ? this.match(guessed) : found;
  }

  private async match(terms: readonly StateTerm[]): Promise<Set<number>> {
    const configurations = await this.index.searchConfigurations();
    if (configurations.length === 0) return new Set();
    const params: string[] = [];
    const bind = (value: string) => `$${params.push(value)}`;
    const bound = terms.map((term) => ({
      excluded: term.excluded,
      words: `${bind(term.words)}::text`,
      beginning: isWord(term) ? `to_tsquery('simple', ${bind(`${term.words}:*`)})` : `''::tsquery`,
      states: `${bind(term.states.map((code) => `'${stateLexeme(code)}'`).join(' | '))}::tsquery`,
    }));
    const found = configurations.map((configuration) => {
      const all = bound.map(({ excluded, words, beginning, states }) => {
        const said = `phraseto_tsquery('${configuration}', ${words})`;
        // A word that the language passes over ("the") asks for nothing.
        const any = `case when numnode(${said}) = 0 then ${states} else ${said} || ${beginning} || ${states} end`;
        return `${excluded ? '!!' : ''}(${any})`;
      });
      return `select view.rows_saying('${configuration}', ${all.join(' && ')}) as no`;
    });
    const [row] = await this.database.query<{ found: string | null }>(
      `select string_agg(no::text, ',') as found from (${found.join(' union all ')}) as each_language`,
      params,
    );
    return new Set(row?.found ? row.found.split(',').map(Number) : []);
  }
}

/** A single word of letters, long enough that its beginning says something. */
function isWord({ words }: StateTerm): boolean {
  return words.length >= SHORTEST_BEGINNING && /^\p{L}+$/u.test(words);
}

function statesCalled(name: string): string[] {
  const match = name.length >= SHORTEST_NAME ? matchState(name, { demo: true }) : null;
  return match ? [match.code] : [];
}

function statesLike({ words }: StateTerm): string[] {
  if (words.length < SHORTEST_BEGINNING) return [];
  return suggestStates(words, { demo: true })
    .filter(({ score }) => score >= LEAST_LIKENESS)
    .map(({ code }) => code);
}
