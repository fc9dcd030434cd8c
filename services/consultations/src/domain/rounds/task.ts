import { StepRefused } from './refused';
import type { RoundState } from './round';

/** What one institution is asked in one round. Late and at risk are no states, see `standingOf`. */
export const taskStates = ['asked', 'viewed', 'answering', 'submitted', 'returned', 'released'] as const;
export type TaskState = (typeof taskStates)[number];

export type TaskStep =
  | { step: 'view' }
  | { step: 'save' }
  | { step: 'submit'; recommendations: number; answered: number }
  | { step: 'return'; reason: string }
  | { step: 'release' };

/** States in which the institution may still write. */
const WRITABLE: readonly TaskState[] = ['asked', 'viewed', 'answering', 'returned'];

export const isWritable = (state: TaskState): boolean => WRITABLE.includes(state);

/**
 * The state after a step; the same state where the step changes none.
 * @throws StepRefused where the task is not in a state for it, or something is missing
 */
export function afterTaskStep(round: RoundState, state: TaskState, step: TaskStep): TaskState {
  if (step.step === 'view') return round === 'open' && state === 'asked' ? 'viewed' : state;
  if (round !== 'open')
    throw new StepRefused('conflict', 'round-not-open', 'The round is closed: nothing in it can be changed.');
  switch (step.step) {
    case 'save':
      if (!isWritable(state)) throw handedIn(state);
      return state === 'returned' ? 'returned' : 'answering';
    case 'submit':
      return submitted(state, step);
    case 'return':
      if (state !== 'submitted') throw notSubmitted(state);
      if (step.reason.trim() === '')
        throw new StepRefused('unprocessable', 'reason-missing', 'Say what is to be changed.');
      return 'returned';
    case 'release':
      if (state !== 'submitted') throw notSubmitted(state);
      return 'released';
  }
}

function submitted(state: TaskState, step: Extract<TaskStep, { step: 'submit' }>): TaskState {
  if (!isWritable(state)) throw handedIn(state);
  const open = step.recommendations - step.answered;
  if (open > 0) {
    throw new StepRefused(
      'unprocessable',
      'answers-missing',
      `${open} of ${step.recommendations} recommendations have no answer yet.`,
      { missing: open },
    );
  }
  return 'submitted';
}

function handedIn(state: TaskState): StepRefused {
  return state === 'released'
    ? new StepRefused(
        'conflict',
        'task-released',
        'The answers have been released and can no longer be changed.',
      )
    : new StepRefused(
        'conflict',
        'task-submitted',
        'The answers have been handed in: they can be changed once they are returned.',
      );
}

function notSubmitted(state: TaskState): StepRefused {
  return new StepRefused(
    'conflict',
    'task-not-submitted',
    state === 'released' ? 'The answers have been released already.' : 'The answers have not been handed in.',
  );
}
