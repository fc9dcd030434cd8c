import type { SourceRow } from '@followthrough/recommendations/formats';

/** One line of `inspect --rows`. States are alpha-3; a name that nobody can resolve is in `unresolvedStates`. */
export function inspectedRow(row: SourceRow): object {
  const codes = (states: SourceRow['recommendingStates']) => states.flatMap(({ code }) => code ?? []);
  return {
    paragraph: row.paragraph,
    text: row.text,
    stateUnderReview: row.stateUnderReview.code,
    recommendingStates: codes(row.recommendingStates),
    position: row.position === '' ? null : row.position,
    kind: row.kind,
    actionCategory: row.actionCategory,
    themes: row.themes,
    groups: row.groups,
    sdgs: row.sdgs,
    session: row.session,
    at: row.at,
    cycle: row.cycle,
    symbol: row.symbol,
    mechanism: row.mechanism,
    language: row.language,
    date: row.date,
    ...(row.clauses && {
      clauses: row.clauses.map(({ text, recommendingStates }) => ({
        text,
        recommendingStates: codes(recommendingStates),
      })),
    }),
    positionSource: row.positionSource,
    unresolvedStates: row.openQuestions.map(({ raw }) => raw),
    internal: row.internal,
  };
}
