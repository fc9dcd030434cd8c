import { setTimeout as delay } from 'node:timers/promises';

/** Whoever asks is told after so long, also where a server neither answers nor refuses. */
const ANSWER_WITHIN_MS = 1500;
/** A question that has been open for so long will not be answered: the next one is asked anew. */
const FORGET_AFTER_MS = 10_000;

/** Something without which a service cannot do its work. */
export interface Part {
  /** Said where it does not answer. */
  sentence: string;
  /** Rejects where it does not answer; it need not keep to any time. */
  ask(): Promise<unknown>;
}

/**
 * Reasons why a service cannot do its work now, each part being asked at that moment, all at once, and none a second
 * time while it is being asked.
 */
export function readinessOf(parts: readonly Part[]): () => Promise<string[]> {
  const questions = parts.map((part) => new Question(part));
  return async () => {
    const answers = await Promise.all(questions.map((question) => question.isAnswered()));
    return parts.filter((_, nth) => !answers[nth]).map(({ sentence }) => sentence);
  };
}

class Question {
  private open: { answer: Promise<boolean>; since: number } | null = null;

  constructor(private readonly part: Part) {}

  async isAnswered(): Promise<boolean> {
    if (this.open === null || performance.now() - this.open.since > FORGET_AFTER_MS) this.ask();
    const patience = new AbortController();
    const late = delay(ANSWER_WITHIN_MS, false, { signal: patience.signal }).catch(() => false);
    try {
      return await Promise.race([this.open!.answer, late]);
    } finally {
      patience.abort();
    }
  }

  private ask(): void {
    const answer = this.part.ask().then(
      () => true,
      () => false,
    );
    const open = { answer, since: performance.now() };
    this.open = open;
    void answer.then(() => {
      if (this.open === open) this.open = null;
    });
  }
}
