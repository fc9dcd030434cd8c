import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { Clock, failPoint, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { lockTask, type TaskRow } from '../outbound/round-rows';
import { RoundMails } from '../outbound/round-mails';
import { actorOf } from './actor';
import { missing, sameVersion } from './refusal';
import { stepTask } from './step-task';

/** Releases what an institution has handed in, or returns it with a reason. Both need full sign-in. */
@Injectable()
export class DecideTask {
  constructor(
    private readonly database: Database,
    private readonly mails: RoundMails,
    private readonly clock: Clock,
  ) {}

  async return(caller: CallerIdentity, id: string, version: number, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const task = await this.held(tx, caller, id, version);
      await stepTask(tx, actorOf(caller), task, { step: 'return', reason }, this.clock.now());
      const [contact] = await tx.query<{ id: string }[]>(
        `select id from task_access where task_id = $1 and holder = 'contact' and revoked_at is null`,
        [id],
      );
      if (contact) await this.mails.queue(tx, { purpose: 'returned', taskId: id, accessId: contact.id });
    });
    failPoint('task.after-return');
  }

  async release(caller: CallerIdentity, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const task = await this.held(tx, caller, id, version);
      const now = this.clock.now();
      await stepTask(tx, actorOf(caller), task, { step: 'release' }, now);
      const released = await tx.query<{ recommendationId: string; version: number; unchanged: boolean }[]>(
        `insert into released_answer (recommendation_id, version, task_id, answer_version, released_at)
         select a.recommendation_id,
                1 + coalesce((select max(r.version) from released_answer r
                              where r.recommendation_id = a.recommendation_id), 0),
                a.task_id, a.version, $2
         from (select distinct on (recommendation_id) * from answer where task_id = $1
               order by recommendation_id, version desc) a
         returning recommendation_id as "recommendationId", version,
           (select unchanged from answer where task_id = $1 and answer.recommendation_id = released_answer.recommendation_id
              and answer.version = answer_version) as unchanged`,
        [id, now],
      );
      await publish(
        tx,
        ...released.map((answer) => ({
          type: 'consultations.v1.AnswerReleased' as const,
          aggregateId: answer.recommendationId,
          version: answer.version,
          stateUnderReview: task.stateUnderReview,
          visibility: 'internal' as const,
          occurredAt: now,
          data: {
            recommendationId: answer.recommendationId,
            roundId: task.roundId,
            unchanged: answer.unchanged,
          },
        })),
      );
    });
    failPoint('task.after-release');
  }

  /**
   * Where the institution has a validator only they decide; otherwise whoever holds the rounds of the State.
   * @throws Problem `not-found`, `forbidden` or `conflict`
   */
  private async held(tx: Transaction, caller: CallerIdentity, id: string, version: number): Promise<TaskRow> {
    const task = await lockTask(tx, id);
    if (!task || !caller.can('rounds.release', task.stateUnderReview)) throw missing('task');
    const may =
      task.validatorId === null
        ? caller.can('rounds.write', task.stateUnderReview)
        : task.validatorId === caller.id;
    if (!may) {
      throw new Problem(
        'forbidden',
        'not-the-validator',
        task.validatorId === null
          ? 'This institution has no validator: the coordinator decides.'
          : 'Only the validator of this institution decides on what it reports.',
      );
    }
    sameVersion(version, task.version);
    return task;
  }
}
