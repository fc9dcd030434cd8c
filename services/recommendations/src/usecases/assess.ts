import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  seesAssessment,
  takeAssessment,
  type AssessmentActor,
  type Findings,
} from '../domain/assessments/assessment';
import { voiceOf } from '../domain/assessments/voice';
import { addressedState } from '../outbound/addressed-state';
import {
  answersTo,
  editionsOf,
  insertAssessment,
  insertEdition,
  lockAssessment,
  publicAssessment,
  updateAssessment,
  type AssessmentRow,
  type EditionRow,
} from '../outbound/assessments/assessment-rows';
import { organisationName } from '../outbound/organisation-copies';
import { noteTransition } from '../outbound/voice-transitions';
import { allowed, seenVersion } from './voice-steps';

/** An organisation's verdict, from its draft to its withdrawal. Each step is one transaction with its row and event. */
@Injectable()
export class Assess {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  draft(caller: CallerIdentity, recommendationId: string, findings: Findings): Promise<string> {
    return this.database.transaction(async (tx) => {
      const stateUnderReview = await addressedState(tx, [recommendationId]);
      const [membership] = caller.membershipsFor('assessments.write', stateUnderReview);
      const voice = membership && voiceOf(membership.organisationClass);
      if (!membership || !voice) {
        throw new Problem('forbidden', 'not-your-state', 'You may not give a verdict about this State.');
      }
      const { organisationId, organisationClass } = membership;
      this.refuseFuture(findings);
      const row: AssessmentRow = {
        ...findings,
        id: uuidv7(),
        version: 1,
        state: 'draft',
        told: 0,
        edition: 0,
        recommendationId,
        stateUnderReview,
        organisationId,
        organisationClass,
        voice,
        reason: '',
        writtenAt: this.clock.now(),
        withdrawnAt: null,
      };
      if (!(await insertAssessment(tx, row))) {
        throw new Problem(
          'conflict',
          'assessment-exists',
          'Your organisation has an assessment of this recommendation already: revise that one.',
        );
      }
      await this.note(tx, caller, 'draft', null, row);
      return row.id;
    });
  }

  /** What is public stays as it is until the organisation publishes again. */
  edit(caller: CallerIdentity, id: string, version: number, findings: Partial<Findings>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { before, actor, edition } = await lockedAssessment(tx, caller, id);
      allowed(takeAssessment(standingOf(before, edition), 'edit', actor));
      seenVersion(before, version);
      this.refuseFuture(findings);
      const row = {
        ...before,
        ...findings,
        version: before.version + 1,
        writtenAt: this.clock.now(),
      };
      await updateAssessment(tx, row);
      await this.note(tx, caller, 'edit', before, row);
    });
  }

  /** The first time for the first edition; then for a revision, whose readers keep the earlier ones. */
  publish(caller: CallerIdentity, id: string, version: number): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { before, actor, edition } = await lockedAssessment(tx, caller, id);
      const { state } = allowed(takeAssessment(standingOf(before, edition), 'publish', actor));
      seenVersion(before, version);
      const now = this.clock.now();
      const row: AssessmentRow = {
        ...before,
        state,
        version: before.version + 1,
        edition: before.edition + 1,
        told: before.told + 1,
      };
      const next: EditionRow = {
        ...findingsOf(row),
        edition: row.edition,
        organisationName: await organisationName(tx, row.organisationId),
        publishedAt: now,
      };
      await updateAssessment(tx, row);
      await insertEdition(tx, row.id, next);
      await this.note(tx, caller, 'publish', before, row);
      const answers = (await answersTo(tx, [row.id])).get(row.id) ?? [];
      const assessment = publicAssessment(row, next, answers);
      await publish(
        tx,
        edition === null
          ? { ...envelopeOf(row, now), type: 'recommendations.v1.AssessmentPublished', data: { assessment } }
          : {
              ...envelopeOf(row, now),
              type: 'recommendations.v1.AssessmentRevised',
              data: { assessment, previousVerdict: edition.verdict },
            },
      );
    });
  }

  withdraw(caller: CallerIdentity, id: string, version: number, reason: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { before, actor, edition } = await lockedAssessment(tx, caller, id);
      const { state } = allowed(takeAssessment(standingOf(before, edition), 'withdraw', actor, reason));
      seenVersion(before, version);
      const now = this.clock.now();
      const isTold = edition !== null;
      const row = {
        ...before,
        state,
        reason,
        version: before.version + 1,
        told: before.told + (isTold ? 1 : 0),
        withdrawnAt: now,
      };
      await updateAssessment(tx, row);
      await this.note(tx, caller, 'withdraw', before, row);
      if (!isTold) return;
      await publish(tx, {
        ...envelopeOf(row, now),
        type: 'recommendations.v1.AssessmentWithdrawn',
        data: { assessmentId: row.id, recommendationId: row.recommendationId },
      });
    });
  }

  private async note(
    tx: Transaction,
    caller: CallerIdentity,
    step: string,
    before: AssessmentRow | null,
    row: AssessmentRow,
  ): Promise<void> {
    await noteTransition(tx, {
      subject: 'assessment',
      subjectId: row.id,
      step,
      from: before?.state ?? null,
      to: row.state,
      version: row.version,
      memberId: caller.id,
      organisationId: row.organisationId,
      reason: row.reason,
      at: this.clock.now(),
    });
    await audit(tx, {
      caller,
      action: `assessment.${step}`,
      subject: 'assessment',
      subjectId: row.id,
      stateUnderReview: row.stateUnderReview,
    });
  }

  private refuseFuture({ assessedOn }: Partial<Findings>): void {
    const latest = new Date(this.clock.now().getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
    if (assessedOn && assessedOn > latest) {
      throw new Problem(
        'unprocessable',
        'date-ahead',
        `${assessedOn} is still to come: an assessment has been made.`,
      );
    }
  }
}

/** An assessment that the caller may see, held until the end of the transaction, with its public edition. */
export async function lockedAssessment(tx: Transaction, caller: CallerIdentity, id: string) {
  const before = await lockAssessment(tx, id);
  const editions = before ? ((await editionsOf(tx, [id])).get(id) ?? []) : [];
  if (!before || !maySeeAssessment(caller, before, editions)) throw noSuchAssessment();
  return {
    before,
    actor: assessmentActor(caller, before.stateUnderReview),
    edition: editions.at(-1) ?? null,
  };
}

/** Who the caller is to assessments about a State. */
export function assessmentActor(caller: CallerIdentity, stateUnderReview: string): AssessmentActor {
  const writing = caller.membershipsFor('assessments.write', stateUnderReview);
  const [answering] = caller.membershipsFor('assessments.answer', stateUnderReview);
  return {
    writesFor: writing.map(({ organisationId }) => organisationId),
    answersFor: answering?.organisationId ?? null,
  };
}

export const isOwnAssessment = (caller: CallerIdentity | null, row: AssessmentRow): boolean =>
  caller !== null && assessmentActor(caller, row.stateUnderReview).writesFor.includes(row.organisationId);

export function maySeeAssessment(
  caller: CallerIdentity | null,
  row: AssessmentRow,
  editions: readonly EditionRow[],
): boolean {
  return seesAssessment(
    { organisationId: row.organisationId, edition: editions.at(-1) ?? null },
    caller && assessmentActor(caller, row.stateUnderReview),
  );
}

export const noSuchAssessment = () =>
  new Problem('not-found', 'assessment-not-found', 'There is no such assessment among those you may see.');

export const standingOf = (row: AssessmentRow, edition: Findings | null) => ({
  state: row.state,
  organisationId: row.organisationId,
  findings: findingsOf(row),
  edition,
});

function findingsOf({ verdict, summary, language, method, evidence, assessedOn }: Findings): Findings {
  return { verdict, summary, language, method, evidence, assessedOn };
}

/** Envelope of an event about an assessment, at the number it was told under. */
export const envelopeOf = (row: AssessmentRow, at: Date) => ({
  aggregateId: row.id,
  version: row.told,
  stateUnderReview: row.stateUnderReview,
  visibility: 'public' as const,
  occurredAt: at,
});
