import { Problem } from '@followthrough/service-kit';
import { StepRefused } from '../domain/rounds/refused';

/** What a rule of the domain says, or the problem document that tells why it refuses. */
export function ruled<T>(rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    if (error instanceof StepRefused) throw new Problem(error.kind, error.slug, error.message, error.extra);
    throw error;
  }
}

/**
 * Optimistic locking: of two who saw the same version one wins.
 * @throws Problem `conflict` for the other
 */
export function sameVersion(seen: number, held: number): void {
  if (seen === held) return;
  throw new Problem(
    'conflict',
    'version-moved',
    'Somebody else has changed this since you saw it: load it again.',
    { version: held },
  );
}

export const missing = (what: string): Problem =>
  new Problem('not-found', `${what}-not-found`, `There is no such ${what} among those you may see.`);

/** @throws Problem `forbidden` */
export function notYourState(): Problem {
  return new Problem('forbidden', 'not-your-state', 'You may not do this for this State under review.');
}
