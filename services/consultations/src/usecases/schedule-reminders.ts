import type { Transaction } from '@followthrough/database';
import { v7 as uuidv7 } from 'uuid';
import { planReminders } from '../domain/rounds/reminders';
import { holidaysOf, type RoundRow } from '../outbound/round-rows';

/** Writes the reminders of tasks for the round's present due date, and voids those of an earlier one. */
export async function scheduleReminders(
  tx: Transaction,
  round: Pick<RoundRow, 'id' | 'dueOn' | 'timeZone' | 'stateUnderReview' | 'rule' | 'deadlineVersion'>,
  taskIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx.query(
    `update scheduled_reminder set state = 'void', settled_at = $2
     where task_id = any($1) and state = 'pending' and deadline_version < $3`,
    [taskIds, now, round.deadlineVersion],
  );
  const holidays = await holidaysOf(tx, round.stateUnderReview);
  const planned = planReminders(round.rule, round, holidays, now);
  const rows = taskIds.flatMap((taskId) =>
    planned.map(({ offsetDays, audience, dueAt }) => ({
      id: uuidv7(),
      task_id: taskId,
      offset_days: offsetDays,
      audience,
      due_at: dueAt,
    })),
  );
  await tx.query(
    `insert into scheduled_reminder (id, task_id, deadline_version, offset_days, audience, due_at, state)
     select id, task_id, $2, offset_days, audience, due_at, 'pending' from json_to_recordset($1)
       as row (id uuid, task_id uuid, offset_days int, audience text, due_at timestamptz)
     on conflict do nothing`,
    [JSON.stringify(rows), round.deadlineVersion],
  );
}
