import { refuse, type Taken } from '../step';

export const actionStates = [
  'proposed',
  'agreed',
  'in-progress',
  'blocked',
  'completed-claimed',
  'disputed',
  'verified',
  'dropped',
] as const;
export type ActionState = (typeof actionStates)[number];

/** What those who carry out or watch an action can say of it. `agree` and `drop` come with a version only. */
export const actionSteps = [
  'start',
  'block',
  'resume',
  'claim-completion',
  'verify',
  'dispute',
  'reopen',
] as const;
export type ActionStep = (typeof actionSteps)[number];
export type AnyActionStep = ActionStep | 'agree' | 'drop';

const allowedFrom: Record<AnyActionStep, readonly ActionState[]> = {
  agree: ['proposed'],
  start: ['agreed'],
  block: ['in-progress'],
  resume: ['blocked'],
  'claim-completion': ['in-progress'],
  verify: ['completed-claimed', 'disputed'],
  dispute: ['completed-claimed'],
  reopen: ['disputed', 'verified'],
  drop: ['agreed', 'in-progress', 'blocked', 'completed-claimed', 'disputed', 'verified'],
};

const leadsTo: Record<AnyActionStep, ActionState> = {
  agree: 'agreed',
  start: 'in-progress',
  block: 'blocked',
  resume: 'in-progress',
  'claim-completion': 'completed-claimed',
  verify: 'verified',
  dispute: 'disputed',
  reopen: 'in-progress',
  drop: 'dropped',
};

const asksReason: readonly AnyActionStep[] = ['block', 'dispute', 'reopen', 'drop'];

const wording: Record<ActionState, string> = {
  proposed: 'no adopted version has it yet',
  agreed: 'it has not been started',
  'in-progress': 'it is in progress',
  blocked: 'it is blocked',
  'completed-claimed': 'it is said to be completed',
  disputed: 'its completion is disputed',
  verified: 'its completion has been verified',
  dropped: 'it has been dropped',
};

/** Where a step leads an action. What is claimed is not verified, and what is verified was claimed before. */
export function takeActionStep(state: ActionState, step: AnyActionStep, reason: string): Taken<ActionState> {
  if (!allowedFrom[step].includes(state)) {
    return refuse('action-step-not-now', `This cannot be done to the action now: ${wording[state]}.`);
  }
  if (asksReason.includes(step) && reason.trim() === '') {
    return refuse('reason-missing', 'This step needs a reason: say why.');
  }
  return { taken: leadsTo[step] };
}
