import { DatabaseProblem, explainDatabaseError } from '@followthrough/database';

/** One thing that was looked at. */
export interface Finding {
  about: string;
  /**
   * `good`; `note`: better done before, but it hinders nothing; `hinders`: to be done first; `unknown`: it could not
   * be seen.
   */
  level: 'good' | 'note' | 'hinders' | 'unknown';
  /** What was found and, unless it is good, what to do. */
  sentence: string;
}

/** Finds nothing where it cannot be reached, and something that hinders where what was reached will not do. */
export function findingOf(about: string, error: unknown): Finding {
  const sentence = explainDatabaseError(error) ?? (error instanceof Error ? error.message : String(error));
  const unfit = ['too-old', 'unsuitable', 'refused'];
  const hinders = error instanceof DatabaseProblem && unfit.includes(error.kind);
  return { about, level: hinders ? 'hinders' : 'unknown', sentence };
}
