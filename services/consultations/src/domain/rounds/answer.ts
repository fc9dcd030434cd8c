import { StepRefused } from './refused';

/** What an institution reports. It is a claim: "completed" says what the institution says, and verifies nothing. */
export const answerStatuses = ['not-started', 'under-way', 'completed', 'discontinued'] as const;
export type AnswerStatus = (typeof answerStatuses)[number];

export interface EvidenceLink {
  url: string;
  label: string;
}

export interface Answer {
  status: AnswerStatus;
  text: string;
  links: EvidenceLink[];
  /** Says what the last released answer said, by one tap. */
  unchanged: boolean;
}

export const MOST_LETTERS = 10_000;

/**
 * What is kept of an answer that was written.
 * @throws StepRefused where a completed or discontinued implementation is claimed without a word about it
 */
export function written(answer: Omit<Answer, 'unchanged'>): Answer {
  const text = answer.text.trim();
  if ((answer.status === 'completed' || answer.status === 'discontinued') && text === '') {
    throw new StepRefused(
      'unprocessable',
      'words-missing',
      'Say in the text what was done: this status cannot stand alone.',
    );
  }
  return { ...answer, text, unchanged: false };
}

/**
 * The answer "no change": what was last released, said again.
 * @throws StepRefused where nothing has been released yet
 */
export function unchanged(last: Omit<Answer, 'unchanged'> | null): Answer {
  if (!last) {
    throw new StepRefused(
      'unprocessable',
      'no-answer-before',
      'There is no earlier answer that could stay as it is: choose a status.',
    );
  }
  return { status: last.status, text: last.text, links: last.links, unchanged: true };
}
