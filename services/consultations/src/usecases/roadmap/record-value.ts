import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { addValue, type NewValue } from '../../domain/roadmap/indicator-values';
import { insertValue, valuesOf } from '../../outbound/roadmap/indicator-value.store';
import { findVersion, lockRoadmap } from '../../outbound/roadmap/roadmap-rows';
import { dayOf } from '../../outbound/roadmap/roadmap.store';
import { allowed, demand } from '../guards';

/** Adds a value of an indicator of the version in force, or a correction; nothing is ever overwritten. */
@Injectable()
export class RecordValue {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns number of the entry */
  async record(
    caller: CallerIdentity,
    { roadmapId, indicatorId }: { roadmapId: string; indicatorId: string },
    value: NewValue,
  ): Promise<number> {
    return this.database.transaction(async (tx) => {
      const roadmap = await lockRoadmap(tx, roadmapId);
      demand(caller, 'roadmaps.write', roadmap.stateUnderReview);
      if (roadmap.adoptedVersion === 0 || roadmap.state === 'closed') {
        throw new Problem(
          'conflict',
          'roadmap-not-in-force',
          'Values are recorded while a version of the roadmap is in force.',
        );
      }
      const { plan } = await findVersion(tx, roadmapId, roadmap.adoptedVersion);
      const action = plan.actions.find(({ indicators }) =>
        indicators.some((one) => one.indicatorId === indicatorId),
      );
      const indicator = action?.indicators.find((one) => one.indicatorId === indicatorId);
      if (!action || !indicator) {
        throw new Problem('not-found', 'indicator-not-found', 'The version in force has no such indicator.');
      }
      const at = this.clock.now();
      const entry = allowed(addValue(await valuesOf(tx, indicatorId), value, dayOf(at)));
      await insertValue(tx, { roadmapId, actionId: action.actionId, indicatorId }, entry, caller.id, at);
      await publish(tx, {
        type: 'consultations.v1.IndicatorValueRecorded',
        aggregateId: indicatorId,
        version: entry.sequence,
        stateUnderReview: roadmap.stateUnderReview,
        visibility: 'public',
        occurredAt: at,
        data: {
          indicatorId,
          actionId: action.actionId,
          roadmapId,
          sequence: entry.sequence,
          observedOn: entry.observedOn,
          value: entry.value ?? '',
          unit: indicator.unit,
          corrects: entry.corrects ?? 0,
        },
      });
      await audit(tx, {
        caller,
        action: entry.corrects === null ? 'indicator.record' : 'indicator.correct',
        subject: 'indicator',
        subjectId: indicatorId,
        stateUnderReview: roadmap.stateUnderReview,
        details: { roadmapId, sequence: entry.sequence },
      });
      return entry.sequence;
    });
  }
}
