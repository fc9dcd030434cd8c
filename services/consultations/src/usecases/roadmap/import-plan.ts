import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { audit, Clock, type CallerIdentity } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { GapRule } from '../../domain/roadmap/roadmap-state';
import type { Reference } from '../../domain/roadmap/workbook/cells';
import type { PlanProblem, ReadPlan } from '../../domain/roadmap/workbook/read-plan';
import { References } from '../../domain/roadmap/workbook/references';
import { recommendationsTo } from '../../outbound/recommendations.reader';
import { PlanFileReader } from '../../outbound/roadmap/plan-file.reader';
import type { RoadmapRow } from '../../outbound/roadmap/roadmap-rows';
import { insertRoadmap, keepRejects, writeActions } from '../../outbound/roadmap/roadmap.store';
import { demand } from '../guards';

export interface ImportedPlan {
  roadmapId: string;
  actions: number;
  /** what could not be taken over as it stands; kept with the roadmap */
  problems: PlanProblem[];
}

/** Takes over a plan that a State has already, as the draft of version 1, without a consultation. */
@Injectable()
export class ImportPlan {
  constructor(
    private readonly database: Database,
    private readonly files: PlanFileReader,
    private readonly clock: Clock,
  ) {}

  async import(
    caller: CallerIdentity,
    { stateUnderReview, title, gapRule }: { stateUnderReview: string; title: string; gapRule: GapRule },
    bytes: Buffer,
  ): Promise<ImportedPlan> {
    demand(caller, 'roadmaps.write', stateUnderReview);
    const read = await this.files.read(bytes);
    return this.database.transaction(async (tx) => {
      const resolve = new References(await recommendationsTo(tx, stateUnderReview, {}));
      const roadmapId = uuidv7();
      const clusters = read.clusters.map(({ name, references }) => ({
        clusterId: uuidv7(),
        name,
        recommendationIds: resolve.all(references).found,
      }));
      const problems = [...read.problems];
      const exclusions = read.exclusions.flatMap(({ reference, reason }) => {
        const recommendationId = resolve.one(reference);
        if (recommendationId !== null) return [{ recommendationId, reason }];
        problems.push(notHeld(reference, reason));
        return [];
      });
      for (const { name, references } of read.clusters) {
        problems.push(...resolve.all(references).open.map((reference) => notHeld(reference, name)));
      }
      const row: RoadmapRow = {
        id: roadmapId,
        version: 1,
        stateUnderReview,
        state: 'draft',
        adoptedVersion: 0,
        gapRule,
        scope: {},
        consultationId: null,
        origin: 'workbook',
        title: title || read.title,
        fromYear: read.fromYear,
        toYear: read.toYear,
        clusters,
        exclusions,
      };
      await insertRoadmap(tx, row, caller.id, this.clock.now());
      await this.writeActions(tx, row, read, resolve, problems);
      await keepRejects(tx, roadmapId, problems);
      await audit(tx, {
        caller,
        action: 'roadmap.import',
        subject: 'roadmap',
        subjectId: roadmapId,
        stateUnderReview,
        details: { actions: read.actions.length, problems: problems.length },
      });
      return { roadmapId, actions: read.actions.length, problems };
    });
  }

  private async writeActions(
    tx: Transaction,
    roadmap: RoadmapRow,
    read: ReadPlan,
    resolve: References,
    problems: PlanProblem[],
  ): Promise<void> {
    const clusterIds = new Map(roadmap.clusters.map(({ clusterId, name }) => [name, clusterId]));
    await writeActions(
      tx,
      roadmap.id,
      read.actions.map(({ key: _, references, clusters, indicators, openReferences, ...fields }) => {
        const id = uuidv7();
        const { found, open } = resolve.all(references);
        for (const name of clusters) {
          if (!clusterIds.has(name))
            problems.push(notHeld({ symbol: '', paragraph: '', text: name }, fields.title));
        }
        const action = {
          actionId: id,
          ...fields,
          recommendationIds: found,
          openReferences: [...new Set([...openReferences, ...open.map(({ text }) => text.slice(0, 500))])],
          clusterIds: clusters.flatMap((name) => clusterIds.get(name) ?? []),
          indicators: indicators.map((indicator) => ({ indicatorId: uuidv7(), ...indicator })),
        };
        return { id, version: 1, state: 'proposed' as const, leavingReason: null, action };
      }),
    );
  }
}

const notHeld = ({ text }: Reference, of: string): PlanProblem => ({
  place: { sheet: '', row: 0, column: '' },
  reason: `“${text.slice(0, 100)}” is no recommendation or cluster that is held for this State.`,
  cure: 'Import the recommendations first, or correct the reference in the roadmap.',
  cells: [of, text],
});
