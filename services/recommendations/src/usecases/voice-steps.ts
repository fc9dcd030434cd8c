import { Problem } from '@followthrough/service-kit';
import type { Step } from '../domain/refusal';

/** @throws Problem where the step is refused */
export function allowed<State>(step: Step<State>): { state: State } {
  if ('refused' in step) throw new Problem(step.refused.kind, step.refused.slug, step.refused.detail);
  return step;
}

/** @throws Problem `conflict` where somebody has changed it since the caller saw it */
export function seenVersion({ version }: { version: number }, seen: number): void {
  if (version === seen) return;
  throw new Problem(
    'conflict',
    'version-changed',
    `It has been changed since you saw it (version ${version} now, not ${seen}): look again, then decide.`,
    { version },
  );
}
