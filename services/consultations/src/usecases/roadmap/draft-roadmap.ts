import { Injectable } from '@nestjs/common';
import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { Cluster, Exclusion } from '../../domain/roadmap/plan';
import { isDraft, notADraft, type GapRule } from '../../domain/roadmap/roadmap-state';
import { strangersAmong } from '../../outbound/recommendations.reader';
import { lockRoadmap, type RoadmapRow } from '../../outbound/roadmap/roadmap-rows';
import { insertRoadmap, updateRoadmap } from '../../outbound/roadmap/roadmap.store';
import { allowed, demand, expectVersion } from '../guards';

export interface RoadmapFields {
  title: string;
  fromYear: number;
  toYear: number;
  gapRule: GapRule;
  scope: RecommendationFilter;
  /** a cluster without an id is new */
  clusters: (Omit<Cluster, 'clusterId'> & { clusterId?: string })[];
  exclusions: Exclusion[];
}

export interface NewRoadmap extends Partial<RoadmapFields> {
  stateUnderReview: string;
  title: string;
  consultationId?: string;
}

/** Begins a roadmap, and writes what it says as a whole. */
@Injectable()
export class DraftRoadmap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async begin(caller: CallerIdentity, wanted: NewRoadmap): Promise<string> {
    demand(caller, 'roadmaps.write', wanted.stateUnderReview);
    const row: RoadmapRow = {
      id: uuidv7(),
      version: 1,
      stateUnderReview: wanted.stateUnderReview,
      state: 'draft',
      adoptedVersion: 0,
      gapRule: wanted.gapRule ?? 'refuse',
      scope: wanted.scope ?? {},
      consultationId: wanted.consultationId ?? null,
      origin: 'own',
      title: wanted.title,
      fromYear: wanted.fromYear ?? 0,
      toYear: wanted.toYear ?? 0,
      clusters: named(wanted.clusters ?? []),
      exclusions: wanted.exclusions ?? [],
    };
    await this.database.transaction(async (tx) => {
      refuseStrangers(await strangersAmong(tx, row.stateUnderReview, mentionedIn(row)));
      await insertRoadmap(tx, row, caller.id, this.clock.now());
      await audit(tx, {
        caller,
        action: 'roadmap.begin',
        subject: 'roadmap',
        subjectId: row.id,
        stateUnderReview: row.stateUnderReview,
      });
    });
    return row.id;
  }

  /** @param seen version of the roadmap that the caller saw */
  async change(
    caller: CallerIdentity,
    id: string,
    seen: number,
    change: Partial<RoadmapFields>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockRoadmap(tx, id);
      demand(caller, 'roadmaps.write', row.stateUnderReview);
      expectVersion(row.version, seen);
      if (!isDraft(row.state)) allowed(notADraft(row.state));
      const { clusters = row.clusters, ...fields } = change;
      const changed: RoadmapRow = { ...row, ...fields, clusters: named(clusters), version: row.version + 1 };
      refuseStrangers(await strangersAmong(tx, row.stateUnderReview, mentionedIn(changed)));
      await updateRoadmap(tx, changed);
      await audit(tx, {
        caller,
        action: 'roadmap.edit',
        subject: 'roadmap',
        subjectId: id,
        stateUnderReview: row.stateUnderReview,
        details: { fields: Object.keys(change) },
      });
    });
  }
}

const named = (clusters: RoadmapFields['clusters']): Cluster[] =>
  clusters.map(({ clusterId, ...cluster }) => ({ clusterId: clusterId ?? uuidv7(), ...cluster }));

const mentionedIn = ({ clusters, exclusions }: RoadmapRow): string[] => [
  ...clusters.flatMap(({ recommendationIds }) => recommendationIds),
  ...exclusions.map(({ recommendationId }) => recommendationId),
];

/** @throws Problem that names ids which are no recommendations to the State */
export function refuseStrangers(ids: readonly string[]): void {
  if (ids.length === 0) return;
  throw new Problem(
    'unprocessable',
    'recommendation-not-of-this-state',
    `These are no recommendations to the State of the roadmap: ${ids.slice(0, 5).join(', ')}. Choose from its list.`,
    { recommendationIds: ids },
  );
}
