import { refuse, type Taken } from '../step';

export const submissionStates = ['draft', 'submitted', 'withdrawn'] as const;
export type SubmissionState = (typeof submissionStates)[number];
export type SubmissionStep = 'submit' | 'withdraw';

/** What is handed in stands as it was; it can be withdrawn, and another handed in. */
export function takeSubmissionStep(
  state: SubmissionState,
  step: SubmissionStep,
  sections: number,
): Taken<SubmissionState> {
  if (step === 'submit') {
    if (state !== 'draft')
      return refuse('submission-step-not-now', 'This submission has been handed in already.');
    return sections === 0
      ? refuse('submission-empty', 'Write at least one section before you hand in.')
      : { taken: 'submitted' };
  }
  return state === 'withdrawn'
    ? refuse('submission-step-not-now', 'This submission has been withdrawn.')
    : { taken: 'withdrawn' };
}
