import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { takeActionStep, type ActionStep } from '../../domain/roadmap/action-state';
import { findAction, lockRoadmap } from '../../outbound/roadmap/roadmap-rows';
import { recommendationsCoveredBy } from '../../outbound/roadmap/roadmap.reader';
import { keepTransitions, writeActions } from '../../outbound/roadmap/roadmap.store';
import { allowed, demand, expectVersion } from '../guards';

export interface ActionStepAsked {
  roadmapId: string;
  actionId: string;
  step: ActionStep;
  /** version of the action that the caller saw */
  seen: number;
  reason: string;
}

/** Who claims that an action is completed does not verify it. */
const forWatchers: readonly ActionStep[] = ['verify', 'dispute'];

/** Says what became of an action of an adopted roadmap: one row, one event, or a conflict and nothing. */
@Injectable()
export class StepAction {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async take(
    caller: CallerIdentity,
    { roadmapId, actionId, step, seen, reason }: ActionStepAsked,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const roadmap = await lockRoadmap(tx, roadmapId);
      demand(
        caller,
        forWatchers.includes(step) ? 'roadmaps.adopt' : 'roadmaps.write',
        roadmap.stateUnderReview,
      );
      if (roadmap.state === 'closed') {
        throw new Problem(
          'conflict',
          'roadmap-closed',
          'The roadmap has been closed: nothing is reported on it.',
        );
      }
      const row = await findAction(tx, roadmapId, actionId);
      expectVersion(row.version, seen);
      const state = allowed(takeActionStep(row.state, step, reason));
      const at = this.clock.now();
      const version = row.version + 1;
      await writeActions(tx, roadmapId, [{ ...row, version, state, action: { actionId, ...row.content } }]);
      const transition = {
        subject: 'action' as const,
        subjectId: actionId,
        roadmapId,
        version,
        step,
        fromState: row.state,
        toState: state,
        reason,
      };
      await keepTransitions(tx, [transition], caller.id, at);
      await publish(tx, {
        type: 'consultations.v1.ActionAdvanced',
        aggregateId: actionId,
        version,
        stateUnderReview: roadmap.stateUnderReview,
        visibility: 'public',
        occurredAt: at,
        data: {
          actionId,
          roadmapId,
          fromState: row.state,
          toState: state,
          recommendationIds: await recommendationsCoveredBy(tx, actionId),
        },
      });
      await audit(tx, {
        caller,
        action: `action.${step}`,
        subject: 'roadmap-action',
        subjectId: actionId,
        stateUnderReview: roadmap.stateUnderReview,
        details: { roadmapId },
      });
    });
  }
}
