import { StepRefused } from './refused';

export const roundStates = ['draft', 'open', 'closed'] as const;
export type RoundState = (typeof roundStates)[number];

export type RoundStep =
  | {
      step: 'open';
      /** Recommendations that the filter finds and that have a lead institution. */
      assigned: number;
      /** Those that have none. */
      withoutLead: number;
      /** Whoever opens it has said that those are left out. */
      leaveOut: boolean;
      /** ISO date by which answers are asked for. */
      dueOn: string;
      /** ISO date of today where the State is. */
      today: string;
    }
  | { step: 'close' };

/**
 * The state after a step.
 * @throws StepRefused where the round is not in a state for it, or something is missing
 */
export function afterRoundStep(state: RoundState, step: RoundStep): RoundState {
  switch (step.step) {
    case 'open':
      return opened(state, step);
    case 'close':
      if (state !== 'open')
        throw new StepRefused('conflict', 'round-not-open', 'Only a round that is open can be closed.');
      return 'closed';
  }
}

function opened(state: RoundState, step: Extract<RoundStep, { step: 'open' }>): RoundState {
  if (state !== 'draft')
    throw new StepRefused('conflict', 'round-not-draft', 'The round has been opened already.');
  if (step.dueOn <= step.today)
    throw new StepRefused('unprocessable', 'due-date-past', 'The due date must lie ahead: move it first.');
  if (step.assigned === 0) {
    throw new StepRefused(
      'unprocessable',
      'nobody-to-ask',
      'No recommendation that the filter finds has a lead institution: assign them first.',
    );
  }
  if (step.withoutLead > 0 && !step.leaveOut) {
    throw new StepRefused(
      'unprocessable',
      'without-lead',
      `${step.withoutLead} recommendations have no lead institution: assign them, or say that they are left out.`,
      { withoutLead: step.withoutLead },
    );
  }
  return 'open';
}
