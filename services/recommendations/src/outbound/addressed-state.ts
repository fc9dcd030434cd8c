import type { Transaction } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';

/**
 * The one State under review to which all these recommendations are, locked against their withdrawal meanwhile.
 * @throws Problem where one is not held, is to a State whose name is an open question, or is to another State
 */
export async function addressedState(tx: Transaction, recommendationIds: readonly string[]): Promise<string> {
  const rows = await tx.query<{ id: string; state: string }[]>(
    `select id, state_under_review as state from recommendation
     where id = any($1) and withdrawn_at is null order by id for share`,
    [recommendationIds],
  );
  const found = new Set(rows.map(({ id }) => id));
  const lost = recommendationIds.find((id) => !found.has(id));
  if (lost !== undefined) {
    throw new Problem('unprocessable', 'recommendation-not-held', `There is no recommendation ${lost}.`);
  }
  const states = new Set(rows.map(({ state }) => state));
  const [state] = states;
  if (states.size !== 1 || !state) {
    throw new Problem(
      'unprocessable',
      'not-one-state',
      states.size > 1
        ? 'All recommendations must be to one State under review: make one entry for each State.'
        : 'It is an open question to which State this recommendation is: answer that first.',
    );
  }
  return state;
}
