import type { RecommendationFilter } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';
import type { ActionState } from '../../domain/roadmap/action-state';
import type { Gap } from '../../domain/roadmap/gaps';
import { inOrder, type Action, type Cluster, type Exclusion, type Plan } from '../../domain/roadmap/plan';
import type { GapRule, RoadmapState } from '../../domain/roadmap/roadmap-state';
import { rowsOf, type Reader } from '../rows-of';

export interface RoadmapRow {
  id: string;
  version: number;
  stateUnderReview: string;
  state: RoadmapState;
  adoptedVersion: number;
  gapRule: GapRule;
  scope: RecommendationFilter;
  consultationId: string | null;
  origin: 'own' | 'workbook';
  title: string;
  fromYear: number;
  toYear: number;
  clusters: Cluster[];
  exclusions: Exclusion[];
}

export interface ActionRow {
  id: string;
  version: number;
  state: ActionState;
  leavingReason: string | null;
  content: Omit<Action, 'actionId'>;
}

/** A version as it was adopted. */
export interface VersionRow {
  number: number;
  adoptedOn: string;
  note: string;
  plan: Plan;
  gaps: Gap[];
}

const ROADMAP = `select id, version, state_under_review as "stateUnderReview", state, adopted_version as "adoptedVersion",
  gap_rule as "gapRule", scope, consultation_id as "consultationId", origin, title, from_year as "fromYear",
  to_year as "toYear", clusters, exclusions from roadmap`;
const ACTION = 'select id, version, state, leaving_reason as "leavingReason", content from roadmap_action';

const notFound = () => new Problem('not-found', 'roadmap-not-found', 'There is no such roadmap.');

export async function findRoadmap(reader: Reader, id: string): Promise<RoadmapRow> {
  const [row] = await rowsOf<RoadmapRow>(reader, `${ROADMAP} where id = $1`, [id]);
  if (!row) throw notFound();
  return row;
}

/** Whoever writes a roadmap or anything of it holds this lock, so that writes come one after another. */
export async function lockRoadmap(tx: Transaction, id: string): Promise<RoadmapRow> {
  const [row] = await rowsOf<RoadmapRow>(tx, `${ROADMAP} where id = $1 for update`, [id]);
  if (!row) throw notFound();
  return row;
}

export function actionRows(reader: Reader, roadmapId: string): Promise<ActionRow[]> {
  return rowsOf<ActionRow>(reader, `${ACTION} where roadmap_id = $1`, [roadmapId]);
}

export async function findAction(reader: Reader, roadmapId: string, id: string): Promise<ActionRow> {
  const [row] = await rowsOf<ActionRow>(reader, `${ACTION} where roadmap_id = $1 and id = $2`, [
    roadmapId,
    id,
  ]);
  if (!row) throw new Problem('not-found', 'action-not-found', 'This roadmap has no such action.');
  return row;
}

export async function findVersion(reader: Reader, roadmapId: string, number: number): Promise<VersionRow> {
  const [row] = await rowsOf<VersionRow>(
    reader,
    `select number, adopted_on as "adoptedOn", note, plan, gaps from roadmap_version where roadmap_id = $1 and number = $2`,
    [roadmapId, number],
  );
  if (!row) throw new Problem('not-found', 'version-not-found', `This roadmap has no version ${number}.`);
  return row;
}

/** The draft as a plan: without actions that were dropped or will be. */
export function planOf(row: RoadmapRow, actions: readonly ActionRow[]): Plan {
  const { title, fromYear, toYear, clusters, exclusions } = row;
  const staying = actions.filter(({ state, leavingReason }) => state !== 'dropped' && leavingReason === null);
  return {
    title,
    fromYear,
    toYear,
    clusters,
    exclusions,
    actions: inOrder(staying.map(({ id, content }) => ({ actionId: id, ...content }))),
  };
}
