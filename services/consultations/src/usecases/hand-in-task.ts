import { Database } from '@followthrough/database';
import { Clock, failPoint, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { progressOf } from '../outbound/answers';
import { LinkUses } from '../outbound/link-uses';
import { auditBy } from './actor';
import { GiveAccess } from './give-access';
import { lockOwnTask, ownRecommendation, wholeTask } from './own-task';
import { missing, sameVersion } from './refusal';
import type { LinkSession } from './sign-in-by-link';
import { stepTask } from './step-task';

/** What an institution does with its task as a whole. */
@Injectable()
export class HandInTask {
  constructor(
    private readonly database: Database,
    private readonly giveAccess: GiveAccess,
    private readonly uses: LinkUses,
    private readonly clock: Clock,
  ) {}

  /** Notes that it has been looked at. */
  async view(session: LinkSession, taskId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { task, actor } = await lockOwnTask(tx, session, taskId);
      await stepTask(tx, actor, task, { step: 'view' }, this.clock.now());
    });
  }

  async submit(session: LinkSession, taskId: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const own = await lockOwnTask(tx, session, taskId);
      wholeTask(own);
      sameVersion(version, own.task.version);
      const progress = await progressOf(tx, taskId);
      await stepTask(tx, own.actor, own.task, { step: 'submit', ...progress }, this.clock.now());
    });
    failPoint('task.after-submit');
  }

  /**
   * Gives a colleague a link of their own.
   * @param recommendationIds null: as much as the caller has
   * @throws Problem `conflict` where the address has one, `rate-limited` after twenty in a day
   */
  async passOn(
    session: LinkSession,
    taskId: string,
    address: string,
    recommendationIds: string[] | null,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const own = await lockOwnTask(tx, session, taskId);
      for (const id of recommendationIds ?? []) await ownRecommendation(tx, own, id);
      if (!(await this.uses.count(tx, 'passed-on', taskId))) {
        throw new Problem(
          'rate-limited',
          'too-many-colleagues',
          'This was passed on twenty times today: go on tomorrow.',
        );
      }
      const given = await this.giveAccess.toColleague(tx, {
        taskId,
        from: own.accessId,
        address,
        recommendationIds: recommendationIds ?? own.recommendationIds,
      });
      if (!given) {
        throw new Problem(
          'conflict',
          'has-a-link',
          'This address has a link to these recommendations already.',
        );
      }
      await auditBy(tx, own.actor, {
        action: 'task.pass-on',
        subject: 'task',
        subjectId: taskId,
        stateUnderReview: own.task.stateUnderReview,
        details: { to: given, recommendations: recommendationIds?.length ?? 'all' },
      });
    });
    failPoint('task.after-pass-on');
  }

  /** Takes a link back that was passed on: the contact any, a colleague those that they gave. */
  async takeBack(session: LinkSession, taskId: string, accessId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const own = await lockOwnTask(tx, session, taskId);
      const ended = await tx.query<object[]>(
        `update task_access set revoked_at = $4 where id = $1 and task_id = $2 and holder = 'colleague'
           and revoked_at is null and ($3::uuid is null or passed_on_by = $3) returning id`,
        [accessId, taskId, own.holder === 'contact' ? null : own.accessId, this.clock.now()],
      );
      if (ended.length === 0) throw missing('colleague');
      await auditBy(tx, own.actor, {
        action: 'task.take-back',
        subject: 'task',
        subjectId: taskId,
        stateUnderReview: own.task.stateUnderReview,
        details: { from: accessId },
      });
    });
  }
}
