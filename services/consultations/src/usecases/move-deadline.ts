import { Database } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { dateAt } from '../domain/rounds/reminders';
import { findRound } from '../outbound/round-rows';
import { RoundMails } from '../outbound/round-mails';
import { missing, sameVersion } from './refusal';
import { scheduleReminders } from './schedule-reminders';

/** Moves the date by which an open round asks for answers, and tells those who have not answered yet, once. */
@Injectable()
export class MoveDeadline {
  constructor(
    private readonly database: Database,
    private readonly mails: RoundMails,
    private readonly clock: Clock,
  ) {}

  async run(caller: CallerIdentity, id: string, version: number, dueOn: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const round = await findRound(tx, id, true);
      if (!round || !caller.can('rounds.write', round.stateUnderReview)) throw missing('round');
      sameVersion(version, round.version);
      if (round.state !== 'open')
        throw new Problem('conflict', 'round-not-open', 'Only the due date of an open round can be moved.');
      const now = this.clock.now();
      if (dueOn < dateAt(now, round.timeZone))
        throw new Problem('unprocessable', 'due-date-past', 'The new due date has passed already.');
      if (dueOn === round.dueOn) return;
      await tx.query(
        `update round set version = version + 1, due_on = $2, deadline_version = deadline_version + 1 where id = $1`,
        [id, dueOn],
      );
      const waiting = await tx.query<{ taskId: string; accessId: string | null }[]>(
        `select t.id as "taskId", a.id as "accessId" from round_task t
         left join task_access a on a.task_id = t.id and a.holder = 'contact' and a.revoked_at is null
         where t.round_id = $1 and t.state not in ('submitted', 'released')`,
        [id],
      );
      // Those who have answered have reminders too, should what they said be returned.
      const all = await tx.query<{ id: string }[]>('select id from round_task where round_id = $1', [id]);
      await scheduleReminders(
        tx,
        { ...round, dueOn, deadlineVersion: round.deadlineVersion + 1 },
        all.map((task) => task.id),
        now,
      );
      const told = waiting.filter(({ accessId }) => accessId !== null);
      await this.mails.queue(tx, ...told.map((to) => ({ purpose: 'deadline-moved' as const, ...to })));
      await audit(tx, {
        caller,
        action: 'round.move-deadline',
        subject: 'round',
        subjectId: id,
        stateUnderReview: round.stateUnderReview,
        details: { from: round.dueOn, to: dueOn },
      });
    });
  }
}
