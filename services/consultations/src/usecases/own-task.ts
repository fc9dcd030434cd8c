import type { Transaction } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';
import { lockTask, type TaskRow } from '../outbound/round-rows';
import type { Actor } from './actor';
import { missing } from './refusal';
import type { LinkSession } from './sign-in-by-link';

/** What a link session may do with one of its tasks. */
export interface OwnTask {
  task: TaskRow;
  accessId: string;
  holder: 'contact' | 'colleague';
  /** Null: the whole task. */
  recommendationIds: string[] | null;
  actor: Actor;
}

/**
 * Locks a task that is the session's own and open.
 * @throws Problem `not-found` for every other task there is
 */
export async function lockOwnTask(tx: Transaction, session: LinkSession, taskId: string): Promise<OwnTask> {
  const task = await lockTask(tx, taskId);
  const [access] = await tx.query<
    { id: string; holder: OwnTask['holder']; recommendationIds: string[] | null }[]
  >(
    `select id, holder, recommendation_ids as "recommendationIds" from task_access
     where task_id = $1 and address_hmac = $2 and revoked_at is null`,
    [taskId, session.addressHmac],
  );
  if (!task || !access || task.roundState !== 'open') throw missing('task');
  const { id, ...rest } = access;
  return { task, accessId: id, ...rest, actor: { kind: 'link', id } };
}

/** @throws Problem `not-found` where the recommendation is not among those that were asked or passed on */
export async function ownRecommendation(
  tx: Transaction,
  own: OwnTask,
  recommendationId: string,
): Promise<void> {
  const [asked] = await tx.query<object[]>(
    'select task_id from round_task_recommendation where task_id = $1 and recommendation_id = $2',
    [own.task.id, recommendationId],
  );
  const within = own.recommendationIds === null || own.recommendationIds.includes(recommendationId);
  if (!asked || !within) throw missing('recommendation');
}

/** @throws Problem `forbidden` where only a part was passed on */
export function wholeTask(own: OwnTask): void {
  if (own.recommendationIds === null) return;
  throw new Problem(
    'forbidden',
    'only-a-part',
    'Only a part was passed on to you: whoever passed it on hands in the whole.',
  );
}
