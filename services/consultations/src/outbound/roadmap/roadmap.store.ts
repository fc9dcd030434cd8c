import type { Transaction } from '@followthrough/database';
import type { ActionState } from '../../domain/roadmap/action-state';
import type { Gap } from '../../domain/roadmap/gaps';
import { coveredBy, type Action, type Plan } from '../../domain/roadmap/plan';
import type { RoadmapRow } from './roadmap-rows';

export interface Transition {
  subject: 'roadmap' | 'action';
  subjectId: string;
  roadmapId: string;
  /** of the subject, after the step */
  version: number;
  step: string;
  fromState: string;
  toState: string;
  reason: string;
}

export async function insertRoadmap(tx: Transaction, row: RoadmapRow, by: string, at: Date): Promise<void> {
  await tx.query(
    `insert into roadmap (id, version, state_under_review, state, adopted_version, gap_rule, scope, consultation_id,
       origin, title, from_year, to_year, clusters, exclusions, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.id,
      row.version,
      row.stateUnderReview,
      row.state,
      row.adoptedVersion,
      row.gapRule,
      JSON.stringify(row.scope),
      row.consultationId,
      row.origin,
      row.title,
      row.fromYear,
      row.toYear,
      JSON.stringify(row.clusters),
      JSON.stringify(row.exclusions),
      at,
      by,
    ],
  );
}

/** Writes what may change of a roadmap, with the version that it then has. */
export async function updateRoadmap(tx: Transaction, row: RoadmapRow): Promise<void> {
  await tx.query(
    `update roadmap set version = $2, state = $3, adopted_version = $4, gap_rule = $5, scope = $6, title = $7,
       from_year = $8, to_year = $9, clusters = $10, exclusions = $11 where id = $1`,
    [
      row.id,
      row.version,
      row.state,
      row.adoptedVersion,
      row.gapRule,
      JSON.stringify(row.scope),
      row.title,
      row.fromYear,
      row.toYear,
      JSON.stringify(row.clusters),
      JSON.stringify(row.exclusions),
    ],
  );
}

/** An edit of the draft of an action is an edit of the roadmap: whoever adopts must have seen it. */
export async function raiseVersion(tx: Transaction, roadmapId: string): Promise<void> {
  await tx.query('update roadmap set version = version + 1 where id = $1', [roadmapId]);
}

export interface ActionWrite {
  id: string;
  version: number;
  state: ActionState;
  leavingReason: string | null;
  action: Action;
}

/** Writes actions whole, new ones too. */
export async function writeActions(tx: Transaction, roadmapId: string, writes: ActionWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const rows = writes.map(({ id, version, state, leavingReason, action: { actionId: _, ...content } }) => ({
    id,
    version,
    state,
    leaving_reason: leavingReason,
    content,
  }));
  await tx.query(
    `insert into roadmap_action (id, roadmap_id, version, state, leaving_reason, content)
     select id, $1, version, state, leaving_reason, content
     from jsonb_to_recordset($2) as row (id uuid, version int, state text, leaving_reason text, content jsonb)
     on conflict (id) do update set version = excluded.version, state = excluded.state,
       leaving_reason = excluded.leaving_reason, content = excluded.content`,
    [roadmapId, JSON.stringify(rows)],
  );
}

export async function deleteActions(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query('delete from roadmap_action where id = any($1::uuid[])', [ids]);
}

/** Keeps a version for good, and what its actions cover. */
export async function keepVersion(
  tx: Transaction,
  roadmapId: string,
  version: { number: number; at: Date; by: string; note: string; plan: Plan; gaps: Gap[] },
): Promise<void> {
  const { number, at, by, note, plan, gaps } = version;
  await tx.query(
    `insert into roadmap_version (roadmap_id, number, adopted_on, adopted_at, adopted_by, note, plan, gaps)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [roadmapId, number, dayOf(at), at, by, note, JSON.stringify(plan), JSON.stringify(gaps)],
  );
  await tx.query(
    `delete from action_recommendation where action_id in (select id from roadmap_action where roadmap_id = $1)`,
    [roadmapId],
  );
  const covered = plan.actions.flatMap((action) =>
    coveredBy(action, plan.clusters).map((id) => ({ recommendation_id: id, action_id: action.actionId })),
  );
  await tx.query(
    `insert into action_recommendation (recommendation_id, action_id)
     select recommendation_id, action_id from json_to_recordset($1) as row (recommendation_id uuid, action_id uuid)`,
    [JSON.stringify(covered)],
  );
}

export async function keepTransitions(
  tx: Transaction,
  transitions: readonly Transition[],
  by: string,
  at: Date,
): Promise<void> {
  if (transitions.length === 0) return;
  await tx.query(
    `insert into roadmap_transition
       (subject, subject_id, roadmap_id, version, step, from_state, to_state, reason, at, by_id)
     select subject, "subjectId", "roadmapId", version, step, "fromState", "toState", reason, $2, $3
     from json_to_recordset($1) as row (subject text, "subjectId" uuid, "roadmapId" uuid, version int, step text,
       "fromState" text, "toState" text, reason text)`,
    [JSON.stringify(transitions), at, by],
  );
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Keeps what an imported plan holds that could not be taken over. */
export async function keepRejects(
  tx: Transaction,
  roadmapId: string,
  rejects: readonly { place: object; reason: string; cure: string; cells: string[] }[],
): Promise<void> {
  if (rejects.length === 0) return;
  await tx.query(
    `insert into roadmap_reject (roadmap_id, number, place, reason, cure, cells)
     select $1, number, row->'place', row->>'reason', row->>'cure', row->'cells'
     from jsonb_array_elements($2) with ordinality as rejects (row, number)`,
    [roadmapId, JSON.stringify(rejects)],
  );
}
