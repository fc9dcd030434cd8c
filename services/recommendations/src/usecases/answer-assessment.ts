import { Database } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { takeAssessment } from '../domain/assessments/assessment';
import {
  answersTo,
  publicAssessment,
  updateAssessment,
  type AnswerRow,
} from '../outbound/assessments/assessment-rows';
import { organisationName } from '../outbound/organisation-copies';
import { noteTransition } from '../outbound/voice-transitions';
import { envelopeOf, lockedAssessment, standingOf } from './assess';
import { allowed } from './voice-steps';

/** What the State's coordinator has to say to a published assessment. It stands beside it as a row of its own. */
@Injectable()
export class AnswerAssessment {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param seen number of answers that the caller saw; where another has come since, nothing is written */
  answer(
    caller: CallerIdentity,
    id: string,
    { text, language, seen }: { text: string; language: string; seen: number },
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { before, actor, edition } = await lockedAssessment(tx, caller, id);
      allowed(takeAssessment(standingOf(before, edition), 'answer', actor));
      const answers = (await answersTo(tx, [id])).get(id) ?? [];
      if (answers.length !== seen) {
        throw new Problem(
          'conflict',
          'version-changed',
          `It has been answered since you saw it (${answers.length} answers now, not ${seen}): look again, then answer.`,
          { answers: answers.length },
        );
      }
      const now = this.clock.now();
      const organisationId = actor.answersFor!;
      const answer: AnswerRow = {
        number: answers.length + 1,
        edition: before.edition,
        text,
        language,
        organisationName: await organisationName(tx, organisationId),
        answeredAt: now,
      };
      await tx.query(
        `insert into assessment_answer
           (assessment_id, number, edition, text, language, organisation_id, organisation_name, answered_by, answered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          answer.number,
          answer.edition,
          text,
          language,
          organisationId,
          answer.organisationName,
          caller.id,
          now,
        ],
      );
      // The author's version stays: an answer must not refuse them a revision that they are writing.
      const row = { ...before, told: before.told + 1 };
      await updateAssessment(tx, row);
      await noteTransition(tx, {
        subject: 'assessment',
        subjectId: id,
        step: 'answer',
        from: before.state,
        to: row.state,
        version: row.version,
        memberId: caller.id,
        organisationId,
        reason: '',
        at: now,
      });
      await audit(tx, {
        caller,
        action: 'assessment.answer',
        subject: 'assessment',
        subjectId: id,
        stateUnderReview: row.stateUnderReview,
        details: { number: answer.number },
      });
      await publish(tx, {
        ...envelopeOf(row, now),
        type: 'recommendations.v1.AssessmentAnswered',
        data: {
          assessment: publicAssessment(row, edition!, [...answers, answer]),
          number: answer.number,
        },
      });
    });
  }
}
