import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { Action, Indicator } from '../../domain/roadmap/plan';
import { isDraft, notADraft } from '../../domain/roadmap/roadmap-state';
import { strangersAmong } from '../../outbound/recommendations.reader';
import {
  findAction,
  lockRoadmap,
  type ActionRow,
  type RoadmapRow,
} from '../../outbound/roadmap/roadmap-rows';
import { deleteActions, raiseVersion, writeActions } from '../../outbound/roadmap/roadmap.store';
import { allowed, demand, expectVersion } from '../guards';
import { refuseStrangers } from './draft-roadmap';

/** An action as it is written; an indicator without an id is new. */
export type WrittenAction = Omit<Action, 'actionId' | 'indicators'> & {
  indicators: (Omit<Indicator, 'indicatorId'> & { indicatorId?: string })[];
};

/** Writes the actions of a draft. Each has a version of its own, so that many can write at once. */
@Injectable()
export class EditAction {
  constructor(private readonly database: Database) {}

  async add(caller: CallerIdentity, roadmapId: string, written: WrittenAction): Promise<string> {
    return this.database.transaction(async (tx) => {
      const roadmap = await this.draft(tx, caller, roadmapId);
      const id = uuidv7();
      await this.write(tx, roadmap, { id, version: 0, state: 'proposed', leavingReason: null }, written, []);
      await this.record(tx, caller, roadmap, 'action.add', id);
      return id;
    });
  }

  /** An action that was to be left out stays again once it is written. */
  async change(
    caller: CallerIdentity,
    at: { roadmapId: string; actionId: string; seen: number },
    written: WrittenAction,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const roadmap = await this.draft(tx, caller, at.roadmapId);
      const row = await this.standing(tx, at);
      const known = row.content.indicators.map(({ indicatorId }) => indicatorId);
      await this.write(tx, roadmap, { ...row, leavingReason: null }, written, known);
      await this.record(tx, caller, roadmap, 'action.edit', row.id);
    });
  }

  /** What no version has goes at once; what one has leaves with the next version, for a reason. */
  async remove(
    caller: CallerIdentity,
    at: { roadmapId: string; actionId: string; seen: number },
    reason: string,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const roadmap = await this.draft(tx, caller, at.roadmapId);
      const row = await this.standing(tx, at);
      if (row.state === 'proposed') await deleteActions(tx, [row.id]);
      else {
        if (reason === '') {
          throw new Problem(
            'unprocessable',
            'reason-missing',
            'Say why the action is dropped: an adopted version has it.',
          );
        }
        const action = { actionId: row.id, ...row.content };
        const write = { ...row, version: row.version + 1, leavingReason: reason, action };
        await writeActions(tx, roadmap.id, [write]);
      }
      await raiseVersion(tx, roadmap.id);
      await this.record(tx, caller, roadmap, 'action.remove', row.id);
    });
  }

  private async draft(tx: Transaction, caller: CallerIdentity, roadmapId: string): Promise<RoadmapRow> {
    const roadmap = await lockRoadmap(tx, roadmapId);
    demand(caller, 'roadmaps.write', roadmap.stateUnderReview);
    if (!isDraft(roadmap.state)) allowed(notADraft(roadmap.state));
    return roadmap;
  }

  private async standing(
    tx: Transaction,
    { roadmapId, actionId, seen }: { roadmapId: string; actionId: string; seen: number },
  ): Promise<ActionRow> {
    const row = await findAction(tx, roadmapId, actionId);
    expectVersion(row.version, seen);
    if (row.state === 'dropped') {
      throw new Problem('conflict', 'action-dropped', 'This action has been dropped: add a new one.');
    }
    return row;
  }

  private async write(
    tx: Transaction,
    roadmap: RoadmapRow,
    row: Omit<ActionRow, 'content'>,
    { indicators, ...fields }: WrittenAction,
    knownIndicators: readonly string[],
  ): Promise<void> {
    refuseStrangers(await strangersAmong(tx, roadmap.stateUnderReview, fields.recommendationIds));
    const clusters = new Set(roadmap.clusters.map(({ clusterId }) => clusterId));
    if (!fields.clusterIds.every((id) => clusters.has(id))) {
      throw new Problem(
        'unprocessable',
        'cluster-not-found',
        'The roadmap has no such cluster: add it first.',
      );
    }
    const action: Action = {
      actionId: row.id,
      ...fields,
      // An id that the action did not have could be another's, whose values would become its own.
      indicators: indicators.map(({ indicatorId, ...indicator }) => ({
        indicatorId: indicatorId && knownIndicators.includes(indicatorId) ? indicatorId : uuidv7(),
        ...indicator,
      })),
    };
    await writeActions(tx, roadmap.id, [{ ...row, version: row.version + 1, action }]);
    await raiseVersion(tx, roadmap.id);
  }

  private record(
    tx: Transaction,
    caller: CallerIdentity,
    roadmap: RoadmapRow,
    action: string,
    actionId: string,
  ): Promise<void> {
    return audit(tx, {
      caller,
      action,
      subject: 'roadmap-action',
      subjectId: actionId,
      stateUnderReview: roadmap.stateUnderReview,
      details: { roadmapId: roadmap.id },
    });
  }
}
