import { Database } from '@followthrough/database';
import { Clock, failPoint } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { reminderFate, type Audience } from '../domain/rounds/reminders';
import { holidaysOf, lockTask } from '../outbound/round-rows';
import { RoundMails } from '../outbound/round-mails';

interface Due {
  id: string;
  taskId: string;
  audience: Audience;
  newer: boolean;
  timeZone: string;
  stateUnderReview: string;
}

/** Does what a reminder whose time has come calls for: a mail, another day, or nothing any more. */
@Injectable()
export class Remind {
  constructor(
    private readonly database: Database,
    private readonly mails: RoundMails,
    private readonly clock: Clock,
  ) {}

  async run(reminderId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [known] = await tx.query<{ taskId: string }[]>(
        `select task_id as "taskId" from scheduled_reminder where id = $1 and state = 'pending'`,
        [reminderId],
      );
      const task = known && (await lockTask(tx, known.taskId));
      if (!task) return;
      const [due] = await tx.query<Due[]>(
        `select m.id, m.task_id as "taskId", m.audience, r.time_zone as "timeZone",
                r.state_under_review as "stateUnderReview",
                exists (select from scheduled_reminder n where n.task_id = m.task_id and n.audience = m.audience
                  and n.deadline_version = m.deadline_version and n.state <> 'void' and n.due_at <= $2
                  and (n.due_at, n.offset_days) > (m.due_at, m.offset_days)) as newer
         from scheduled_reminder m join round_task t on t.id = m.task_id join round r on r.id = t.round_id
         where m.id = $1 and m.state = 'pending' and m.due_at <= $2 for update of m`,
        [reminderId, now],
      );
      if (!due) return;
      const holidays = await holidaysOf(tx, due.stateUnderReview);
      const fate = reminderFate(
        due,
        { state: task.state, roundOpen: task.roundState === 'open' },
        due,
        holidays,
        now,
      );
      if (fate.kind === 'wait') {
        await tx.query('update scheduled_reminder set due_at = $2 where id = $1', [due.id, fate.until]);
        return;
      }
      await tx.query('update scheduled_reminder set state = $2, settled_at = $3 where id = $1', [
        due.id,
        fate.kind === 'send' ? 'sent' : 'void',
        now,
      ]);
      if (fate.kind === 'send') await this.send(tx, due);
    });
    failPoint('remind.after-commit');
  }

  private async send(tx: Parameters<RoundMails['queue']>[0], { taskId, audience }: Due): Promise<void> {
    if (audience === 'supervisor') {
      await this.mails.queue(tx, { purpose: 'escalation', taskId, accessId: null });
      return;
    }
    const [contact] = await tx.query<{ id: string }[]>(
      `select id from task_access where task_id = $1 and holder = 'contact' and revoked_at is null`,
      [taskId],
    );
    if (contact) await this.mails.queue(tx, { purpose: 'reminder', taskId, accessId: contact.id });
  }
}
