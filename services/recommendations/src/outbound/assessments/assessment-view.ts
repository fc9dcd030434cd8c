import type { AssessmentRow } from './assessment-rows';
import type { WholeAssessment } from './assessment.reader';

/**
 * An assessment as the API shows it: its public edition, those before it and the answers; `work`, what its organisation
 * is writing, only where that is the caller's.
 */
export function assessmentView({ row, editions, answers }: WholeAssessment, isOwn: boolean) {
  const current = editions.at(-1);
  return {
    id: row.id,
    state: row.state,
    recommendationId: row.recommendationId,
    stateUnderReview: row.stateUnderReview,
    organisationId: row.organisationId,
    organisationClass: row.organisationClass,
    voice: row.voice,
    current: row.state === 'published' && current ? current : null,
    earlier: (row.state === 'published' ? editions.slice(0, -1) : []).reverse(),
    answers: row.state === 'published' ? answers : [],
    withdrawnAt: row.withdrawnAt,
    reason: row.reason,
    ...(isOwn && { work: workOf(row) }),
  };
}

function workOf({
  version,
  verdict,
  summary,
  language,
  method,
  evidence,
  assessedOn,
  writtenAt,
}: AssessmentRow) {
  return { version, verdict, summary, language, method, evidence, assessedOn, writtenAt };
}
