import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, type CallerIdentity } from '@followthrough/service-kit';
import { gapsIn } from '../../domain/roadmap/gaps';
import { takeRoadmapStep, type RoadmapStep } from '../../domain/roadmap/roadmap-state';
import { isAccepted, recommendationsTo } from '../../outbound/recommendations.reader';
import {
  actionRows,
  findVersion,
  lockRoadmap,
  planOf,
  type ActionRow,
  type RoadmapRow,
} from '../../outbound/roadmap/roadmap-rows';
import {
  deleteActions,
  keepTransitions,
  updateRoadmap,
  writeActions,
} from '../../outbound/roadmap/roadmap.store';
import { allowed, demand, expectVersion } from '../guards';
import { adoptVersion } from './adopt-version';

export interface RoadmapStepAsked {
  step: RoadmapStep;
  /** version of the roadmap that the caller saw */
  seen: number;
  reason: string;
}

/** Takes a roadmap from state to state: one row, one event, or a conflict and nothing. */
@Injectable()
export class StepRoadmap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async take(caller: CallerIdentity, id: string, { step, seen, reason }: RoadmapStepAsked): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockRoadmap(tx, id);
      demand(caller, 'roadmaps.adopt', row.stateUnderReview);
      expectVersion(row.version, seen);
      const at = this.clock.now();
      const actions = await actionRows(tx, id);
      const plan = planOf(row, actions);
      const accepted = (await recommendationsTo(tx, row.stateUnderReview, row.scope)).filter(isAccepted);
      const gaps = gapsIn(
        plan,
        accepted.map(({ recommendationId }) => recommendationId),
      );
      const standing = allowed(
        takeRoadmapStep(row, step, { rule: row.gapRule, gaps, actions: plan.actions.length }),
      );
      let after: RoadmapRow = { ...row, ...standing, version: row.version + 1 };
      if (step === 'drop-revision') after = await restore(tx, after, actions);
      await updateRoadmap(tx, after);
      const transition = {
        subject: 'roadmap' as const,
        subjectId: id,
        roadmapId: id,
        version: after.version,
        step,
        fromState: row.state,
        toState: after.state,
        reason,
      };
      await keepTransitions(tx, [transition], caller.id, at);
      if (step === 'adopt')
        await adoptVersion(tx, { after, plan, gaps, actions, note: reason, by: caller.id, at });
      if (step === 'close') {
        await publish(tx, {
          type: 'consultations.v1.RoadmapClosed',
          aggregateId: id,
          version: after.version,
          stateUnderReview: row.stateUnderReview,
          visibility: 'public',
          occurredAt: at,
          data: { roadmapId: id, roadmapVersion: after.adoptedVersion },
        });
      }
      await audit(tx, {
        caller,
        action: `roadmap.${step}`,
        subject: 'roadmap',
        subjectId: id,
        stateUnderReview: row.stateUnderReview,
        details: { roadmapVersion: after.adoptedVersion, gaps: gaps.length },
      });
    });
  }
}

/** The draft says again what the version in force says. */
async function restore(tx: Transaction, row: RoadmapRow, actions: ActionRow[]): Promise<RoadmapRow> {
  const { plan } = await findVersion(tx, row.id, row.adoptedVersion);
  const { actions: inForce, ...fields } = plan;
  await deleteActions(
    tx,
    actions.filter(({ state }) => state === 'proposed').map(({ id }) => id),
  );
  const rows = new Map(actions.map((action) => [action.id, action]));
  await writeActions(
    tx,
    row.id,
    inForce.map((action) => {
      const held = rows.get(action.actionId)!;
      return { ...held, version: held.version + 1, leavingReason: null, action };
    }),
  );
  return { ...row, ...fields };
}
