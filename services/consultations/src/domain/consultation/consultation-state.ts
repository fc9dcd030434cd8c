import { refuse, type Taken } from '../step';

export const consultationStates = [
  'draft',
  'scheduled',
  'open',
  'paused',
  'closed',
  'outcome-draft',
  'outcome-published',
  'archived',
  'cancelled',
] as const;
export type ConsultationState = (typeof consultationStates)[number];

export const consultationSteps = [
  'schedule',
  'open',
  'pause',
  'resume',
  'close',
  'draft-outcome',
  'publish-outcome',
  'archive',
  'cancel',
] as const;
export type ConsultationStep = (typeof consultationSteps)[number];

/** What a guard looks at beyond the state. */
export interface ConsultationFacts {
  now: Date;
  opensAt: Date;
  closesAt: Date;
  recommendations: number;
  /** classes of organisations with an invitation that stands */
  classesInvited: number;
  /** sections of submissions that were handed in */
  sections: number;
  /** those of them with a disposition */
  disposed: number;
  /** meetings whose minutes are not approved */
  minutesOpen: number;
  reason: string;
}

const allowedFrom: Record<ConsultationStep, readonly ConsultationState[]> = {
  schedule: ['draft'],
  open: ['scheduled'],
  pause: ['open'],
  resume: ['paused'],
  close: ['open', 'paused'],
  'draft-outcome': ['closed'],
  'publish-outcome': ['outcome-draft'],
  archive: ['outcome-published'],
  cancel: ['draft', 'scheduled', 'open', 'paused'],
};

const leadsTo: Record<ConsultationStep, ConsultationState> = {
  schedule: 'scheduled',
  open: 'open',
  pause: 'paused',
  resume: 'open',
  close: 'closed',
  'draft-outcome': 'outcome-draft',
  'publish-outcome': 'outcome-published',
  archive: 'archived',
  cancel: 'cancelled',
};

const wording: Record<ConsultationState, string> = {
  draft: 'it is a draft',
  scheduled: 'it is scheduled and has not been opened',
  open: 'it is open',
  paused: 'it is paused',
  closed: 'it is closed',
  'outcome-draft': 'its outcome is being drafted',
  'outcome-published': 'its outcome has been published',
  archived: 'it has been archived',
  cancelled: 'it has been cancelled',
};

/** Classes that must have been invited before anyone is asked to speak. */
const FEWEST_CLASSES = 2;

export function takeConsultationStep(
  state: ConsultationState,
  step: ConsultationStep,
  facts: ConsultationFacts,
): Taken<ConsultationState> {
  if (!allowedFrom[step].includes(state)) {
    return refuse(
      'consultation-step-not-now',
      `This cannot be done to the consultation now: ${wording[state]}.`,
    );
  }
  return unmet(step, facts) ?? { taken: leadsTo[step] };
}

function unmet(step: ConsultationStep, facts: ConsultationFacts): ReturnType<typeof refuse> | null {
  const over = facts.now >= facts.closesAt;
  switch (step) {
    case 'schedule':
      if (facts.recommendations === 0) {
        return refuse('consultation-without-recommendation', 'The filter finds no recommendation: widen it.');
      }
      return over ? refuse('consultation-over', 'The closing instant has passed: set a later one.') : null;
    case 'open':
      if (facts.classesInvited < FEWEST_CLASSES) {
        return refuse('too-few-classes', `Invite organisations of at least ${FEWEST_CLASSES} classes first.`);
      }
      if (facts.now < facts.opensAt) return refuse('too-early', 'The opening instant has not come yet.');
      return over ? refuse('consultation-over', 'The closing instant has passed.') : null;
    case 'resume':
      return over ? refuse('consultation-over', 'The closing instant has passed: close it.') : null;
    case 'close':
      return over || facts.reason !== ''
        ? null
        : refuse('reason-missing', 'Closing before the closing instant needs a reason: say why.');
    case 'publish-outcome':
      if (facts.disposed < facts.sections) {
        return refuse(
          'sections-without-disposition',
          `${facts.sections - facts.disposed} sections have no disposition yet: decide on each, with a reason.`,
        );
      }
      return facts.minutesOpen > 0
        ? refuse('minutes-not-approved', `The minutes of ${facts.minutesOpen} meetings are not approved yet.`)
        : null;
    case 'cancel':
      return facts.reason === '' ? refuse('reason-missing', 'Cancelling needs a reason: say why.') : null;
    case 'pause':
    case 'draft-outcome':
    case 'archive':
      return null;
  }
}

/** Whether an organisation may hand in now. The closing instant counts, not when somebody closes. */
export function takesSubmissions(
  state: ConsultationState,
  opensAt: Date,
  closesAt: Date,
  now: Date,
): Taken<true> {
  if (state !== 'open')
    return refuse('consultation-not-open', `Nothing can be handed in: ${wording[state]}.`);
  if (now < opensAt || now >= closesAt) {
    return refuse('consultation-over', 'Nothing can be handed in: the closing instant has passed.');
  }
  return { taken: true };
}

/** Paper that came in time is entered until the outcome is drafted. */
export const takesPaper = (state: ConsultationState): Taken<true> =>
  state === 'open' || state === 'paused' || state === 'closed'
    ? { taken: true }
    : refuse('consultation-not-open', `Paper cannot be entered: ${wording[state]}.`);

/** Dispositions are decided from closing on, and stand once the outcome is published. */
export const takesDispositions = (state: ConsultationState): Taken<true> =>
  state === 'closed' || state === 'outcome-draft'
    ? { taken: true }
    : refuse('dispositions-not-now', `Dispositions cannot be decided: ${wording[state]}.`);
