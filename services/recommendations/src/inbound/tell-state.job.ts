import type { JobDefinition } from '@followthrough/jobs';
import type { TellState } from '../usecases/tell-state';

/** Found by its sweep at the first start after a restore. */
export function tellStateJob(tellState: TellState): JobDefinition {
  return {
    name: 'tell-state',
    run: () => tellState.run(),
    sweep: { everyMs: 600_000, due: async () => ((await tellState.isDue()) ? ['all'] : []) },
  };
}
