import { Database, type Transaction } from '@followthrough/database';
import { Clock, failPoint, Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { unchanged, written, type Answer } from '../domain/rounds/answer';
import { lastReleased, latestAnswer, type SavedAnswer } from '../outbound/answers';
import { lockOwnTask, ownRecommendation, type OwnTask } from './own-task';
import { ruled } from './refusal';
import type { LinkSession } from './sign-in-by-link';
import { stepTask } from './step-task';

export type WrittenAnswer = Omit<Answer, 'unchanged'>;

/** Saves what an institution says of a recommendation, as it is being written: each save adds a version. */
@Injectable()
export class AnswerRecommendation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param seen version of the answer that the page shows, 0 where it shows none */
  async save(
    session: LinkSession,
    taskId: string,
    recommendationId: string,
    seen: number,
    answer: WrittenAnswer,
  ): Promise<SavedAnswer> {
    return this.keep(session, taskId, recommendationId, seen, () => ruled(() => written(answer)));
  }

  /** Says again what was last released about it. */
  async noChange(
    session: LinkSession,
    taskId: string,
    recommendationId: string,
    seen: number,
  ): Promise<SavedAnswer> {
    return this.keep(session, taskId, recommendationId, seen, async (tx) => {
      const last = await lastReleased(tx, recommendationId);
      return ruled(() => unchanged(last));
    });
  }

  private async keep(
    session: LinkSession,
    taskId: string,
    recommendationId: string,
    seen: number,
    said: (tx: Transaction) => Answer | Promise<Answer>,
  ): Promise<SavedAnswer> {
    const saved = await this.database.transaction(async (tx) => {
      const own = await lockOwnTask(tx, session, taskId);
      await ownRecommendation(tx, own, recommendationId);
      await this.add(tx, own, recommendationId, seen, await said(tx));
      return (await latestAnswer(tx, taskId, recommendationId))!;
    });
    failPoint('answer.after-save');
    return saved;
  }

  private async add(
    tx: Transaction,
    own: OwnTask,
    recommendationId: string,
    seen: number,
    answer: Answer,
  ): Promise<void> {
    const now = this.clock.now();
    await stepTask(tx, own.actor, own.task, { step: 'save' }, now);
    const held = await latestAnswer(tx, own.task.id, recommendationId);
    if ((held?.version ?? 0) !== seen) {
      throw new Problem(
        'conflict',
        'answer-moved',
        'Somebody else has answered this since you saw it: look at what they wrote.',
        { recommendationId, answer: held },
      );
    }
    await tx.query(
      `insert into answer (task_id, recommendation_id, version, status, text, links, unchanged, by_kind, by_id, saved_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        own.task.id,
        recommendationId,
        seen + 1,
        answer.status,
        answer.text,
        JSON.stringify(answer.links),
        answer.unchanged,
        own.actor.kind,
        own.actor.id,
        now,
      ],
    );
  }
}
