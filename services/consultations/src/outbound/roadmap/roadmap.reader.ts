import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { ActionState } from '../../domain/roadmap/action-state';
import { differences, type PlanDifference } from '../../domain/roadmap/differences';
import { gapsIn, type Gap } from '../../domain/roadmap/gaps';
import { valuesInForce, type ValueEntry } from '../../domain/roadmap/indicator-values';
import { moneyNeed, type MoneyNeed } from '../../domain/roadmap/money-need';
import type { Action, Plan } from '../../domain/roadmap/plan';
import type { GapRule, RoadmapState } from '../../domain/roadmap/roadmap-state';
import { standingOf, type Standing } from '../../domain/roadmap/standing';
import { rowsOf, type Reader } from '../rows-of';
import { isAccepted, linesOf, recommendationsTo, type RecommendationLine } from '../recommendations.reader';
import { valuesOfRoadmap, type StoredValue } from './indicator-value.store';
import {
  actionRows,
  findRoadmap,
  findVersion,
  planOf,
  type ActionRow,
  type RoadmapRow,
} from './roadmap-rows';
import { dayOf } from './roadmap.store';

export interface RoadmapHead {
  roadmapId: string;
  version: number;
  stateUnderReview: string;
  state: RoadmapState;
  adoptedVersion: number;
  gapRule: GapRule;
  origin: 'own' | 'workbook';
  consultationId: string | null;
  title: string;
  fromYear: number;
  toYear: number;
}

export interface ActionView extends Action {
  /** of the action, for who edits it or takes a step */
  version: number;
  state: ActionState;
  standing: Standing;
  /** why a revision leaves it out, null where it stays */
  leavingReason: string | null;
  /** values in force by indicator */
  values: Record<string, ValueEntry[]>;
}

export interface PlanView {
  roadmap: RoadmapHead;
  /** number of the version that is shown, null the draft */
  number: number | null;
  adoptedOn: string | null;
  note: string;
  plan: Omit<Plan, 'actions'>;
  actions: ActionView[];
  /** as printed with the version; of a draft as they are now */
  gaps: Gap[];
  need: MoneyNeed;
  /** recommendations that the plan or its gaps name */
  recommendations: RecommendationLine[];
}

/** Which text of a roadmap is asked for: a version by number, the one in force, or the draft. */
export type Edition = number | 'in-force' | 'draft';

/** What people look up about roadmaps: adopted versions for all, drafts for those who may. */
@Injectable()
export class RoadmapReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(caller: CallerIdentity | null, stateUnderReview?: string): Promise<RoadmapHead[]> {
    const states = caller?.statesFor('roadmaps.drafts.read') ?? [];
    const rows = await rowsOf<{ id: string }>(
      this.database,
      `select id from roadmap where ($1::text is null or state_under_review = $1)
         and (adopted_version > 0 or $2::text[] is null or state_under_review = any($2))
       order by state_under_review, created_at desc limit 500`,
      [stateUnderReview ?? null, states === '*' ? null : states],
    );
    const heads: RoadmapHead[] = [];
    for (const { id } of rows) heads.push(await this.headFor(caller, await findRoadmap(this.database, id)));
    return heads;
  }

  /** @throws Problem `not-found` for a draft that the caller may not see, as for what is not there */
  async plan(caller: CallerIdentity | null, id: string, edition: Edition): Promise<PlanView> {
    const row = await this.visible(caller, id);
    const rows = await actionRows(this.database, id);
    const { plan, gaps, number, adoptedOn, note } = await this.edition(caller, row, rows, edition);
    const mentioned = [
      ...plan.actions.flatMap(({ recommendationIds }) => recommendationIds),
      ...plan.clusters.flatMap(({ recommendationIds }) => recommendationIds),
      ...plan.exclusions.map(({ recommendationId }) => recommendationId),
      ...gaps.flatMap((gap) => (gap.kind === 'recommendation-not-covered' ? [gap.recommendationId] : [])),
    ];
    const { actions, ...fields } = plan;
    return {
      roadmap: await this.headFor(caller, row),
      number,
      adoptedOn,
      note,
      plan: fields,
      actions: await this.views(row, rows, actions),
      gaps,
      need: moneyNeed(actions),
      recommendations: [...(await linesOf(this.database, [...new Set(mentioned)])).values()],
    };
  }

  async versions(caller: CallerIdentity | null, id: string) {
    await this.visible(caller, id);
    return rowsOf<{ number: number; adoptedOn: string; note: string; gaps: number }>(
      this.database,
      `select number, adopted_on as "adoptedOn", note, jsonb_array_length(gaps) as gaps
       from roadmap_version where roadmap_id = $1 order by number desc`,
      [id],
    );
  }

  async differences(
    caller: CallerIdentity | null,
    id: string,
    from: Edition,
    to: Edition,
  ): Promise<PlanDifference> {
    const row = await this.visible(caller, id);
    const rows = await actionRows(this.database, id);
    const before = await this.edition(caller, row, rows, from);
    return differences(before.plan, (await this.edition(caller, row, rows, to)).plan);
  }

  /** What became of an action: every step and every value, oldest first. */
  async history(caller: CallerIdentity | null, roadmapId: string, actionId: string) {
    await this.visible(caller, roadmapId);
    const steps = await rowsOf<Step>(
      this.database,
      `select step, from_state as "fromState", to_state as "toState", reason, at from roadmap_transition
       where subject_id = $1 and roadmap_id = $2 and subject = 'action' order by version`,
      [actionId, roadmapId],
    );
    const values = (await valuesOfRoadmap(this.database, roadmapId)).filter(
      (value) => value.actionId === actionId,
    );
    return { steps, values };
  }

  /** Actions in force that cover a recommendation. */
  async covering(recommendationId: string) {
    return rowsOf<{ actionId: string; roadmapId: string; state: ActionState; number: string; title: string }>(
      this.database,
      `select a.id as "actionId", a.roadmap_id as "roadmapId", a.state, v.action->>'number' as number,
              v.action->>'title' as title
       from action_recommendation c join roadmap_action a on a.id = c.action_id join roadmap r on r.id = a.roadmap_id
       cross join lateral (
         select action from roadmap_version, jsonb_array_elements(plan->'actions') action
         where roadmap_id = r.id and number = r.adopted_version and action->>'actionId' = a.id::text) v
       where c.recommendation_id = $1 order by r.created_at desc, a.id`,
      [recommendationId],
    );
  }

  /** Every recommendation to a State, by which a workbook refers to them. */
  referable(stateUnderReview: string): Promise<RecommendationLine[]> {
    return recommendationsTo(this.database, stateUnderReview, {});
  }

  async rejects(caller: CallerIdentity, id: string) {
    const row = await findRoadmap(this.database, id);
    if (!caller.can('roadmaps.drafts.read', row.stateUnderReview)) throw hidden();
    return rowsOf<{ place: { sheet: string; row: number }; reason: string; cure: string; cells: string[] }>(
      this.database,
      'select place, reason, cure, cells from roadmap_reject where roadmap_id = $1 order by number',
      [id],
    );
  }

  private async visible(caller: CallerIdentity | null, id: string): Promise<RoadmapRow> {
    const row = await findRoadmap(this.database, id);
    if (row.adoptedVersion === 0 && !caller?.can('roadmaps.drafts.read', row.stateUnderReview))
      throw hidden();
    return row;
  }

  private async edition(
    caller: CallerIdentity | null,
    row: RoadmapRow,
    rows: ActionRow[],
    edition: Edition,
  ): Promise<{ plan: Plan; gaps: Gap[]; number: number | null; adoptedOn: string | null; note: string }> {
    if (edition !== 'draft' && row.adoptedVersion > 0) {
      return findVersion(this.database, row.id, edition === 'in-force' ? row.adoptedVersion : edition);
    }
    if (edition !== 'draft' && edition !== 'in-force') return findVersion(this.database, row.id, edition);
    if (!caller?.can('roadmaps.drafts.read', row.stateUnderReview)) throw hidden();
    const plan = planOf(row, rows);
    const accepted = (await recommendationsTo(this.database, row.stateUnderReview, row.scope)).filter(
      isAccepted,
    );
    const gaps = gapsIn(
      plan,
      accepted.map(({ recommendationId }) => recommendationId),
    );
    return { plan, gaps, number: null, adoptedOn: null, note: '' };
  }

  /** A title of a draft is told to those only who may see the draft. */
  private async headFor(caller: CallerIdentity | null, row: RoadmapRow): Promise<RoadmapHead> {
    const { id, scope: _, clusters: __, exclusions: ___, ...head } = row;
    const sees = caller?.can('roadmaps.drafts.read', row.stateUnderReview) ?? false;
    if (sees || row.adoptedVersion === 0) return { roadmapId: id, ...head };
    const { title, fromYear, toYear } = (await findVersion(this.database, id, row.adoptedVersion)).plan;
    const state = row.state === 'revision-draft' ? 'adopted' : row.state;
    return { roadmapId: id, ...head, state, title, fromYear, toYear };
  }

  private async views(row: RoadmapRow, rows: ActionRow[], actions: Action[]): Promise<ActionView[]> {
    const today = dayOf(this.clock.now());
    const values = new Map<string, StoredValue[]>();
    for (const value of await valuesOfRoadmap(this.database, row.id)) {
      values.set(value.indicatorId, [...(values.get(value.indicatorId) ?? []), value]);
    }
    const heard = await heardOf(this.database, row.id);
    const held = new Map(rows.map((one) => [one.id, one]));
    return actions.map((action) => {
      const { version = 0, state = 'dropped', leavingReason = null } = held.get(action.actionId) ?? {};
      return {
        ...action,
        version,
        state,
        standing: standingOf({ ...action, state, heardOn: heard.get(action.actionId) ?? null }, today),
        leavingReason,
        values: Object.fromEntries(
          action.indicators.map(({ indicatorId }) => [
            indicatorId,
            valuesInForce(values.get(indicatorId) ?? []),
          ]),
        ),
      };
    });
  }
}

interface Step {
  step: string;
  fromState: ActionState;
  toState: ActionState;
  reason: string;
  at: Date;
}

const hidden = () => new Problem('not-found', 'roadmap-not-found', 'There is no such roadmap.');

async function heardOf(reader: Reader, roadmapId: string): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; on: string }>(
    reader,
    `select id, max("on")::date as "on" from (
       select subject_id as id, (at at time zone 'UTC')::date as "on" from roadmap_transition
       where roadmap_id = $1 and subject = 'action'
       union all select action_id, (recorded_at at time zone 'UTC')::date from indicator_value where roadmap_id = $1
     ) as heard group by id`,
    [roadmapId],
  );
  return new Map(rows.map(({ id, on }) => [id, on]));
}

/** As the version in force has it. */
export async function recommendationsCoveredBy(reader: Reader, actionId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reader,
    'select recommendation_id as id from action_recommendation where action_id = $1 order by recommendation_id',
    [actionId],
  );
  return rows.map(({ id }) => id);
}
