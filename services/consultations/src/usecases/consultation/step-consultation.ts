import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, type CallerIdentity } from '@followthrough/service-kit';
import { takeConsultationStep, type ConsultationStep } from '../../domain/consultation/consultation-state';
import {
  keepStep,
  lockConsultation,
  recommendationIdsOf,
  type ConsultationRow,
} from '../../outbound/consultation/consultation-rows';
import { outcomeOf } from '../../outbound/consultation/outcome';
import { recommendationsTo } from '../../outbound/recommendations.reader';
import { rowsOf } from '../../outbound/rows-of';
import { allowed, demand, expectVersion } from '../guards';

export interface ConsultationStepAsked {
  step: ConsultationStep;
  /** version of the consultation that the caller saw */
  seen: number;
  reason: string;
}

/** Takes a consultation from state to state: one row, one event, or a conflict and nothing. */
@Injectable()
export class StepConsultation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async take(
    caller: CallerIdentity,
    id: string,
    { step, seen, reason }: ConsultationStepAsked,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockConsultation(tx, id);
      demand(caller, 'consultations.write', row.stateUnderReview);
      expectVersion(row.version, seen);
      const at = this.clock.now();
      if (step === 'schedule' && row.state === 'draft') await settleRecommendations(tx, row);
      const facts = { ...row, now: at, reason, ...(await standingOf(tx, id)) };
      const state = allowed(takeConsultationStep(row.state, step, facts));
      const version = row.version + 1;
      await tx.query('update consultation set state = $2, version = $3 where id = $1', [id, state, version]);
      await keepStep(tx, {
        subject: 'consultation',
        subjectId: id,
        version,
        step,
        fromState: row.state,
        toState: state,
        reason,
        at,
        by: caller.id,
      });
      await this.tell(tx, row, state, version, at);
      await audit(tx, {
        caller,
        action: `consultation.${step}`,
        subject: 'consultation',
        subjectId: id,
        stateUnderReview: row.stateUnderReview,
      });
    });
  }

  private async tell(
    tx: Transaction,
    row: ConsultationRow,
    toState: string,
    version: number,
    at: Date,
  ): Promise<void> {
    const common = {
      aggregateId: row.id,
      version,
      stateUnderReview: row.stateUnderReview,
      occurredAt: at,
    };
    if (toState === 'outcome-published') {
      await publish(tx, {
        type: 'consultations.v1.OutcomePublished',
        ...common,
        visibility: 'public',
        data: { consultationId: row.id, title: row.title, ...(await outcomeOf(tx, row.id)) },
      });
      return;
    }
    const classes = await rowsOf<{ class: string }>(
      tx,
      `select distinct class from consultation_invitation where consultation_id = $1 and state in ('created', 'accepted')
       order by class`,
      [row.id],
    );
    // A draft that is cancelled has never been public.
    const visibility = row.state === 'draft' && toState === 'cancelled' ? 'internal' : 'public';
    await publish(tx, {
      type: 'consultations.v1.ConsultationAdvanced',
      ...common,
      visibility,
      data: {
        consultationId: row.id,
        title: row.title,
        fromState: row.state,
        toState,
        opensAt: row.opensAt.toISOString(),
        closesAt: row.closesAt.toISOString(),
        timeZone: row.timeZone,
        recommendationIds: await recommendationIdsOf(tx, row.id),
        classesInvited: classes.map((one) => one.class),
      },
    });
  }
}

/** What the filter finds now is what the consultation is about from now on. */
async function settleRecommendations(tx: Transaction, row: ConsultationRow): Promise<void> {
  const found = await recommendationsTo(tx, row.stateUnderReview, row.filter);
  await tx.query('delete from consultation_recommendation where consultation_id = $1', [row.id]);
  await tx.query(
    `insert into consultation_recommendation (consultation_id, recommendation_id) select $1, unnest($2::uuid[])`,
    [row.id, found.map(({ recommendationId }) => recommendationId)],
  );
}

async function standingOf(
  tx: Transaction,
  id: string,
): Promise<{
  recommendations: number;
  classesInvited: number;
  sections: number;
  disposed: number;
  minutesOpen: number;
}> {
  const [standing] = await rowsOf<Awaited<ReturnType<typeof standingOf>>>(
    tx,
    `select
       (select count(*)::int from consultation_recommendation where consultation_id = $1) as recommendations,
       (select count(distinct class)::int from consultation_invitation
        where consultation_id = $1 and state in ('created', 'accepted')) as "classesInvited",
       (select count(*)::int from submission_section s join submission u on u.id = s.submission_id
        where u.consultation_id = $1 and u.state = 'submitted') as sections,
       (select count(*)::int from submission_section s join submission u on u.id = s.submission_id
        join disposition d on d.section_id = s.id
        where u.consultation_id = $1 and u.state = 'submitted') as disposed,
       (select count(*)::int from consultation_meeting
        where consultation_id = $1 and minutes_state <> 'approved') as "minutesOpen"`,
    [id],
  );
  return standing!;
}
