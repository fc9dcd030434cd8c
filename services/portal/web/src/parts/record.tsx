import { Link } from '@tanstack/react-router';
import type { Recommendation } from '../api/portal';
import { directionOf } from '../intl/locale';
import type { Words } from '../intl/words';

/** Text and direction attributes of words taken from the record. */
export function speaks(language: string | undefined): { lang?: string; dir: 'ltr' | 'rtl' | 'auto' } {
  return { ...(language ? { lang: language } : {}), dir: directionOf(language ?? '') };
}

/** How people call a recommendation: its paragraph, else mechanism and session. */
export function codeOf(of: {
  paragraph: string;
  mechanism?: string;
  session?: number;
  symbol?: string;
}): string {
  if (of.paragraph) return of.paragraph;
  if (of.symbol) return of.symbol;
  return [of.mechanism, of.session || ''].filter(Boolean).join(' ');
}

export const stateName = (words: Words, code: string) => words.names.states[code] ?? code;

/** "Mozambique, New Zealand and 2 other States" */
export function recommenders(words: Words, states: string[], most = 3): string {
  const names = states.map((code) => stateName(words, code));
  if (names.length <= most) return words.list(names);
  const rest = names.length - (most - 1);
  return words.list([...names.slice(0, most - 1), words.t('row.others', { n: rest })]);
}

/** The text of a recommendation as a link to its page. */
export function RecordLink({
  recommendation,
}: {
  recommendation: Pick<Recommendation, 'id' | 'text' | 'language'>;
}) {
  return (
    <Link
      to="/recommendations/$id"
      params={{ id: recommendation.id }}
      className="record"
      {...speaks(recommendation.language)}
    >
      {recommendation.text}
    </Link>
  );
}
