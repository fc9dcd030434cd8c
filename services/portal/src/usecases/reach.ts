import { Problem, type CallerIdentity } from '@followthrough/service-kit';

/**
 * Whoever gives rights in a State must hold the directory of that State.
 * @param states alpha-3 codes, or `*` for all
 * @throws Problem `forbidden`
 */
export function mustReach(caller: CallerIdentity, states: readonly string[]): void {
  const held = caller.statesFor('directory.write');
  if (held === '*') return;
  const beyond = states.filter((state) => !held.includes(state));
  if (beyond.length === 0) return;
  const which = beyond.includes('*') ? 'all States' : beyond.join(', ');
  throw new Problem('forbidden', 'beyond-reach', `You may not give or take rights in ${which}.`);
}
