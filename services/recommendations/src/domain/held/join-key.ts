import { codeOf, nameKey, type Answers } from './state-name';
import type { Statement } from './statement';

/**
 * Rows with the same key speak of the same recommendation: the same State, document and paragraph. Likeness of
 * texts never joins anything. The State belongs to it because some documents are addressed to more than one.
 */
export function joinKeyOf(statement: Statement, identityKey: string, answers: Answers): string {
  const { symbol, paragraph, stateUnderReview } = statement;
  // Half of the hash tells records apart, and the key stands in three tables.
  if (!symbol || !paragraph) return `row:${identityKey.slice(0, 32)}`;
  const state = stateUnderReview
    ? codeOf(stateUnderReview, answers) || `?${nameKey(stateUnderReview.raw)}`
    : '?';
  return `${state}|${symbol}#${paragraph}`;
}
