import type { Transaction } from '@followthrough/database';
import { publish, type OutgoingEvent } from '@followthrough/messaging';
import { afterTaskStep, type TaskState, type TaskStep } from '../domain/rounds/task';
import type { TaskRow } from '../outbound/round-rows';
import { auditBy, type Actor } from './actor';
import { ruled } from './refusal';

/**
 * Takes a step of a locked task: the row, and where its state changes the transition and the event. Each change
 * raises the version by one.
 * @returns the task after the step
 */
export async function stepTask(
  tx: Transaction,
  actor: Actor,
  task: TaskRow,
  step: TaskStep,
  at: Date,
): Promise<TaskRow> {
  const state = ruled(() => afterTaskStep(task.roundState, task.state, step));
  if (state === task.state) return task;
  const after = { ...task, state, version: task.version + 1 };
  const reason = step.step === 'return' ? step.reason.trim() : '';
  await tx.query(
    `update round_task set state = $2, version = $3,
       return_reason = case when $2 = 'returned' then $4 when $2 in ('submitted', 'released') then '' else return_reason end,
       submitted_at = case when $2 = 'submitted' then $5 else submitted_at end,
       released_at = case when $2 = 'released' then $5 else released_at end
     where id = $1`,
    [task.id, state, after.version, reason, at],
  );
  await tx.query(
    `insert into round_transition (subject, subject_id, version, from_state, to_state, reason, by_kind, by_id, at)
     values ('task', $1, $2, $3, $4, $5, $6, $7, $8)`,
    [task.id, after.version, task.state, state, reason, actor.kind, actor.id, at],
  );
  await publish(tx, {
    ...told(task, state, step),
    aggregateId: task.id,
    version: after.version,
    stateUnderReview: task.stateUnderReview,
    visibility: 'internal',
    occurredAt: at,
  } as OutgoingEvent);
  if (state !== 'viewed') {
    await auditBy(tx, actor, {
      action: `task.${step.step}`,
      subject: 'task',
      subjectId: task.id,
      stateUnderReview: task.stateUnderReview,
    });
  }
  return after;
}

type Told = Pick<OutgoingEvent, 'type' | 'data'>;

function told({ id, roundId }: TaskRow, state: TaskState, step: TaskStep): Told {
  const ids = { taskId: id, roundId };
  const recommendations = 'recommendations' in step ? step.recommendations : 0;
  switch (state) {
    case 'viewed':
      return { type: 'consultations.v1.TaskViewed', data: ids };
    case 'answering':
      return { type: 'consultations.v1.TaskStarted', data: ids };
    case 'submitted':
      return { type: 'consultations.v1.TaskSubmitted', data: { ...ids, recommendations } };
    case 'returned':
      return { type: 'consultations.v1.TaskReturned', data: ids };
    case 'released':
      return { type: 'consultations.v1.TaskReleased', data: { ...ids, recommendations } };
    case 'asked':
      throw new Error('Nothing leads back to asked.');
  }
}
