import { fold } from '@followthrough/vocabulary';

/** A State as a source names it; `code` (alpha-3) only where the name says which State is meant. */
export interface NamedState {
  raw: string;
  code?: string;
}

/** The answers that persons gave about names: folded name to alpha-3, '' where it names no State. */
export type Answers = ReadonlyMap<string, string>;

/** How names are compared with answers: case, accents and typography do not make another name. */
export const nameKey = (raw: string): string => fold(raw);

/** alpha-3; '' where a person said that the name is of no State; null while it is an open question. */
export function codeOf(mention: NamedState, answers: Answers): string | null {
  return mention.code ?? answers.get(nameKey(mention.raw)) ?? null;
}
