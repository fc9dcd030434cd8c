import { conflict, forbidden, missing, type Step } from '../refusal';

/** What a development may be of. */
export const developmentKinds = [
  'bill-stage',
  'law',
  'judgment',
  'policy',
  'budget',
  'practice',
  'support-received',
  'setback',
] as const;
export type DevelopmentKind = (typeof developmentKinds)[number];

export const developmentStates = ['draft', 'in-review', 'returned', 'published', 'withdrawn'] as const;
export type DevelopmentState = (typeof developmentStates)[number];

export const developmentSteps = ['edit', 'submit', 'publish', 'return', 'withdraw'] as const;
export type DevelopmentStep = (typeof developmentSteps)[number];

/** A development as far as its steps depend on it. */
export interface DevelopmentStanding {
  state: DevelopmentState;
  /** The organisation that wrote it. */
  organisationId: string;
  /** Who wrote it last, an opaque id. */
  writtenBy: string;
}

/** Who asks, as far as this State under review goes. */
export interface DevelopmentActor {
  memberId: string;
  /** Organisations in whose name they may write. */
  writesFor: readonly string[];
  /** May review. */
  reviews: boolean;
}

const allowedFrom: Record<DevelopmentStep, readonly DevelopmentState[]> = {
  edit: ['draft', 'returned'],
  submit: ['draft', 'returned'],
  publish: ['in-review'],
  return: ['in-review'],
  withdraw: ['draft', 'in-review', 'returned', 'published'],
};

const verbs: Record<DevelopmentStep, string> = {
  edit: 'edited',
  submit: 'submitted',
  publish: 'published',
  return: 'returned',
  withdraw: 'withdrawn',
};

const standing: Record<DevelopmentState, string> = {
  draft: 'it is a draft and has not been submitted',
  'in-review': 'it is being reviewed',
  returned: 'it was returned to its author',
  published: 'it has been published',
  withdrawn: 'it has been withdrawn',
};

/**
 * Whether somebody may see a development. Drafts, and what was returned, are their organisation's alone; what is being
 * reviewed is seen by reviewers too; what was public once is public for ever, if only as withdrawn.
 */
export function seesDevelopment(
  development: Pick<DevelopmentStanding, 'state' | 'organisationId'> & { wasPublic: boolean },
  actor: DevelopmentActor | null,
): boolean {
  if (development.state === 'published' || development.wasPublic) return true;
  if (!actor) return false;
  if (actor.writesFor.includes(development.organisationId)) return true;
  return development.state === 'in-review' && actor.reviews;
}

/**
 * The state that a step leads to, or why it cannot be taken.
 * @param reason why it is returned or, once public, withdrawn: its author and its readers are owed it
 */
export function takeDevelopment(
  development: DevelopmentStanding,
  step: DevelopmentStep,
  actor: DevelopmentActor,
  reason = '',
): Step<DevelopmentState> {
  const { state } = development;
  const isOwn = actor.writesFor.includes(development.organisationId);
  const mayTake =
    step === 'publish' || step === 'return'
      ? actor.reviews
      : isOwn || (step === 'withdraw' && state === 'published' && actor.reviews);
  if (!mayTake) {
    return forbidden(
      'development-not-yours',
      step === 'publish' || step === 'return'
        ? 'Only those who review developments of this State do this.'
        : 'Only the organisation that wrote this development does this.',
    );
  }
  if (!allowedFrom[step].includes(state)) {
    return conflict(
      'development-elsewhere',
      `This development cannot be ${verbs[step]}: ${standing[state]}. Look at it again.`,
    );
  }
  if (step === 'publish' && actor.memberId === development.writtenBy) {
    return forbidden(
      'own-development',
      'Another person than its author reviews a development: ask a colleague.',
    );
  }
  if ((step === 'return' || (step === 'withdraw' && state === 'published')) && reason.trim() === '') {
    return missing(
      'reason-missing',
      'Say why: its author, and its readers once it was public, are owed a reason.',
    );
  }
  switch (step) {
    case 'edit':
      return { state };
    case 'submit':
      return { state: 'in-review' };
    case 'publish':
      return { state: 'published' };
    case 'return':
      return { state: 'returned' };
    case 'withdraw':
      return { state: 'withdrawn' };
  }
}
