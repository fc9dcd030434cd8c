import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import {
  seesDevelopment,
  takeDevelopment,
  type DevelopmentActor,
  type DevelopmentStep,
} from '../domain/developments/development';
import { addressedState } from '../outbound/addressed-state';
import {
  insertDevelopment,
  lockDevelopment,
  publicDevelopment,
  setRecommendations,
  updateDevelopment,
  type DevelopmentRow,
  type DevelopmentText,
} from '../outbound/developments/development-rows';
import { organisationName } from '../outbound/organisation-copies';
import { noteTransition } from '../outbound/voice-transitions';
import { allowed, seenVersion } from './voice-steps';

/** What is asked of a development that is there: the version that the caller saw, and a reason where one is owed. */
export interface AskedOfDevelopment {
  version: number;
  reason?: string;
  /** Whether its publication is news to those who follow its recommendations. */
  announce?: boolean;
}

/** Writes developments and takes them through their review. Each step is one transaction with its row and its event. */
@Injectable()
export class WriteDevelopment {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param submitted whether it goes to review at once */
  draft(caller: CallerIdentity, text: DevelopmentText, submitted: boolean): Promise<string> {
    return this.database.transaction(async (tx) => {
      const stateUnderReview = await addressedState(tx, text.recommendationIds);
      const [membership] = caller.membershipsFor('developments.write', stateUnderReview);
      if (!membership) {
        throw new Problem('forbidden', 'not-your-state', 'You may not write developments about this State.');
      }
      this.refuseFuture(text.happenedOn);
      const now = this.clock.now();
      const row: DevelopmentRow = {
        ...text,
        id: uuidv7(),
        version: 1,
        state: submitted ? 'in-review' : 'draft',
        told: 0,
        stateUnderReview,
        organisationId: membership.organisationId,
        organisationClass: membership.organisationClass,
        organisationName: '',
        writtenBy: caller.id,
        reason: '',
        writtenAt: now,
        publishedAt: null,
        withdrawnAt: null,
      };
      await insertDevelopment(tx, row);
      await this.note(tx, caller, submitted ? 'submit' : 'draft', null, row);
      return row.id;
    });
  }

  edit(caller: CallerIdentity, id: string, version: number, text: Partial<DevelopmentText>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const before = await this.locked(tx, caller, id);
      allowed(takeDevelopment(before, 'edit', actorOf(caller, before.stateUnderReview)));
      seenVersion(before, version);
      if (text.happenedOn) this.refuseFuture(text.happenedOn);
      if (text.recommendationIds) {
        const state = await addressedState(tx, text.recommendationIds);
        if (state !== before.stateUnderReview) {
          throw new Problem(
            'unprocessable',
            'not-one-state',
            'These recommendations are to another State: write another development for it.',
          );
        }
      }
      const row = {
        ...before,
        ...text,
        version: before.version + 1,
        writtenBy: caller.id,
        writtenAt: this.clock.now(),
      };
      await updateDevelopment(tx, row);
      await setRecommendations(tx, row);
      await this.note(tx, caller, 'edit', before, row);
    });
  }

  step(
    caller: CallerIdentity,
    id: string,
    step: Exclude<DevelopmentStep, 'edit'>,
    { version, reason = '', announce = true }: AskedOfDevelopment,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      const before = await this.locked(tx, caller, id);
      const actor = actorOf(caller, before.stateUnderReview);
      const { state } = allowed(takeDevelopment(before, step, actor, reason));
      seenVersion(before, version);
      const now = this.clock.now();
      const row: DevelopmentRow = { ...before, state, version: before.version + 1, reason };
      if (step === 'publish') {
        row.publishedAt = now;
        row.organisationName = await organisationName(tx, row.organisationId);
      }
      if (step === 'withdraw') row.withdrawnAt = now;
      const isTold = step === 'publish' || (step === 'withdraw' && before.publishedAt !== null);
      if (isTold) row.told = before.told + 1;
      await updateDevelopment(tx, row);
      await this.note(tx, caller, step, before, row);
      if (isTold) await tell(tx, row, announce, now);
    });
  }

  private async locked(tx: Transaction, caller: CallerIdentity, id: string): Promise<DevelopmentRow> {
    const row = await lockDevelopment(tx, id);
    if (!row || !maySeeDevelopment(caller, row)) throw noSuchDevelopment();
    return row;
  }

  private async note(
    tx: Transaction,
    caller: CallerIdentity,
    step: string,
    before: DevelopmentRow | null,
    row: DevelopmentRow,
  ): Promise<void> {
    const [reviewing] = caller.membershipsFor('developments.review', row.stateUnderReview);
    const writing = caller
      .membershipsFor('developments.write', row.stateUnderReview)
      .find(({ organisationId }) => organisationId === row.organisationId);
    const acting = step === 'publish' || step === 'return' ? reviewing : (writing ?? reviewing);
    await noteTransition(tx, {
      subject: 'development',
      subjectId: row.id,
      step,
      from: before?.state ?? null,
      to: row.state,
      version: row.version,
      memberId: caller.id,
      organisationId: acting?.organisationId ?? row.organisationId,
      reason: row.reason,
      at: this.clock.now(),
    });
    await audit(tx, {
      caller,
      action: `development.${step}`,
      subject: 'development',
      subjectId: row.id,
      stateUnderReview: row.stateUnderReview,
    });
  }

  private refuseFuture(happenedOn: string): void {
    // A day is over earlier in Kiribati than in Honolulu: what is today somewhere has happened.
    const latest = new Date(this.clock.now().getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
    if (happenedOn > latest) {
      throw new Problem(
        'unprocessable',
        'date-ahead',
        `${happenedOn} is still to come: a development has happened.`,
      );
    }
  }
}

/** Who the caller is to developments of a State. */
function actorOf(caller: CallerIdentity, stateUnderReview: string): DevelopmentActor {
  return {
    memberId: caller.id,
    writesFor: caller
      .membershipsFor('developments.write', stateUnderReview)
      .map(({ organisationId }) => organisationId),
    reviews: caller.can('developments.review', stateUnderReview),
  };
}

export function maySeeDevelopment(caller: CallerIdentity | null, row: DevelopmentRow): boolean {
  const wasPublic = row.publishedAt !== null;
  return seesDevelopment({ ...row, wasPublic }, caller && actorOf(caller, row.stateUnderReview));
}

export const noSuchDevelopment = () =>
  new Problem('not-found', 'development-not-found', 'There is no such development among those you may see.');

async function tell(tx: Transaction, row: DevelopmentRow, announce: boolean, at: Date): Promise<void> {
  const envelope = {
    aggregateId: row.id,
    version: row.told,
    stateUnderReview: row.stateUnderReview,
    visibility: 'public' as const,
    occurredAt: at,
  };
  await publish(
    tx,
    row.state === 'withdrawn'
      ? {
          ...envelope,
          type: 'recommendations.v1.DevelopmentWithdrawn',
          data: { developmentId: row.id, recommendationIds: row.recommendationIds },
        }
      : {
          ...envelope,
          type: 'recommendations.v1.DevelopmentPublished',
          data: { development: publicDevelopment(row), announce },
        },
  );
}
