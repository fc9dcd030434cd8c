import { conflict, forbidden, missing, type Step } from '../refusal';

export const verdicts = [
  'none',
  'limited',
  'substantial',
  'implemented',
  'regressed',
  'not-assessed',
] as const;
export type Verdict = (typeof verdicts)[number];

export const assessmentStates = ['draft', 'published', 'withdrawn'] as const;
export type AssessmentState = (typeof assessmentStates)[number];

export const assessmentSteps = ['edit', 'publish', 'withdraw', 'answer'] as const;
export type AssessmentStep = (typeof assessmentSteps)[number];

export interface Evidence {
  title: string;
  /** '' where it is named only */
  url: string;
}

/** What an organisation says in an edition of its assessment. */
export interface Findings {
  verdict: Verdict;
  summary: string;
  /** BCP 47 */
  language: string;
  method: string;
  evidence: Evidence[];
  /** ISO date, null while it has none */
  assessedOn: string | null;
}

/** An assessment as far as its steps depend on it. */
export interface AssessmentStanding {
  state: AssessmentState;
  organisationId: string;
  findings: Findings;
  /** What its public edition says, null while it has none. */
  edition: Findings | null;
}

/** Who asks, as far as this State under review goes. */
export interface AssessmentActor {
  /** Organisations in whose name they may give a verdict. */
  writesFor: readonly string[];
  /** Organisation in whose name they answer as the State's coordinator, or null. */
  answersFor: string | null;
}

const allowedFrom: Record<AssessmentStep, readonly AssessmentState[]> = {
  edit: ['draft', 'published'],
  publish: ['draft', 'published'],
  withdraw: ['draft', 'published'],
  answer: ['published'],
};

const verbs: Record<AssessmentStep, string> = {
  edit: 'edited',
  publish: 'published',
  withdraw: 'withdrawn',
  answer: 'answered',
};

const standing: Record<AssessmentState, string> = {
  draft: 'it has not been published',
  published: 'it has been published',
  withdrawn: 'it has been withdrawn',
};

/** A draft is its organisation's alone, the coordinator's too little as anybody's; what was public once stays so. */
export function seesAssessment(
  assessment: { organisationId: string; edition: unknown },
  actor: AssessmentActor | null,
): boolean {
  return assessment.edition !== null || (actor?.writesFor.includes(assessment.organisationId) ?? false);
}

/**
 * The state that a step leads to, or why it cannot be taken. Only its organisation edits, publishes and withdraws an
 * assessment; nobody else holds it up, so an answer leaves its state as it is.
 * @param reason why what was public is withdrawn
 */
export function takeAssessment(
  assessment: AssessmentStanding,
  step: AssessmentStep,
  actor: AssessmentActor,
  reason = '',
): Step<AssessmentState> {
  const { state, organisationId } = assessment;
  const isOwn = actor.writesFor.includes(organisationId);
  if (step === 'answer') {
    if (actor.answersFor === null)
      return forbidden('answer-not-yours', "Only the State's coordinator answers an assessment.");
    if (actor.answersFor === organisationId || isOwn)
      return forbidden('own-assessment', 'Nobody answers their own assessment: revise it instead.');
  } else if (!isOwn) {
    return forbidden('assessment-not-yours', 'Only the organisation that made this assessment does this.');
  }
  if (!allowedFrom[step].includes(state)) {
    return conflict(
      'assessment-elsewhere',
      `This assessment cannot be ${verbs[step]}: ${standing[state]}. Look at it again.`,
    );
  }
  switch (step) {
    case 'edit':
    case 'answer':
      return { state };
    case 'publish':
      return publishable(assessment);
    case 'withdraw':
      if (state === 'published' && reason.trim() === '')
        return missing('reason-missing', 'Say why: the readers of what was public are owed a reason.');
      return { state: 'withdrawn' };
  }
}

function publishable({ findings, edition }: AssessmentStanding): Step<AssessmentState> {
  if (findings.assessedOn === null)
    return missing('date-missing', 'An assessment has a date: say on which day it was made.');
  if (findings.summary.trim() === '')
    return missing('summary-missing', 'Say in a few sentences what was found, or why it was not assessed.');
  if (findings.verdict !== 'not-assessed') {
    if (findings.evidence.length === 0)
      return missing('evidence-missing', 'A verdict rests on evidence: name at least one source.');
    if (findings.method.trim() === '')
      return missing('method-missing', 'Say how the verdict was arrived at.');
  }
  if (edition !== null && isSame(findings, edition))
    return conflict('nothing-to-publish', 'What is public says this already: nothing was changed.');
  return { state: 'published' };
}

const told = ({ verdict, summary, language, method, evidence, assessedOn }: Findings): string =>
  JSON.stringify([
    verdict,
    summary,
    language,
    method,
    evidence.map(({ title, url }) => [title, url]),
    assessedOn,
  ]);

const isSame = (one: Findings, other: Findings): boolean => told(one) === told(other);
