import { Problem, type CallerIdentity, type Permission } from '@followthrough/service-kit';
import type { Taken } from '../domain/step';

/** Of two who change the same at once one wins; the other is told that what they saw is no more. */
export function expectVersion(held: number, seen: number): void {
  if (held === seen) return;
  throw new Problem(
    'conflict',
    'changed-meanwhile',
    'Somebody else has changed this meanwhile: look again, then do it.',
    { version: held },
  );
}

/** What a guard of the domain allows, or its refusal as a conflict. */
export function allowed<Standing>(answer: Taken<Standing>): Standing {
  if ('taken' in answer) return answer.taken;
  throw new Problem('conflict', answer.refused.slug, answer.refused.reason);
}

export function demand(caller: CallerIdentity, permission: Permission, stateUnderReview: string): void {
  if (caller.can(permission, stateUnderReview)) return;
  throw new Problem('forbidden', 'not-your-state', 'You may not do this for this State under review.');
}
