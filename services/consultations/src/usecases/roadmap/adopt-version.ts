import type { Transaction } from '@followthrough/database';
import { publish, type OutgoingEvent } from '@followthrough/messaging';
import { takeActionStep, type AnyActionStep } from '../../domain/roadmap/action-state';
import { differences } from '../../domain/roadmap/differences';
import type { Gap } from '../../domain/roadmap/gaps';
import { coveredBy, type Action, type Plan } from '../../domain/roadmap/plan';
import { findVersion, type ActionRow, type RoadmapRow } from '../../outbound/roadmap/roadmap-rows';
import {
  keepTransitions,
  keepVersion,
  writeActions,
  type ActionWrite,
  type Transition,
} from '../../outbound/roadmap/roadmap.store';
import { allowed } from '../guards';

export interface Adoption {
  /** the roadmap after the step */
  after: RoadmapRow;
  plan: Plan;
  gaps: Gap[];
  /** rows of all actions before the adoption, those that leave too */
  actions: ActionRow[];
  note: string;
  by: string;
  at: Date;
}

const NOTHING: Plan = { title: '', fromYear: 0, toYear: 0, clusters: [], exclusions: [], actions: [] };

/** Keeps the version for good, and tells it and each action that it adds, changes or leaves out. */
export async function adoptVersion(tx: Transaction, adoption: Adoption): Promise<void> {
  const { after, plan, gaps, actions, note, by, at } = adoption;
  const number = after.adoptedVersion;
  const before = number > 1 ? (await findVersion(tx, after.id, number - 1)).plan : NOTHING;
  const difference = differences(before, plan);
  const changed = changedFields(before, plan);
  const rows = new Map(actions.map((row) => [row.id, row]));
  const writes: ActionWrite[] = [];
  const transitions: Transition[] = [];
  const events: OutgoingEvent[] = [];
  const common = (id: string, version: number) => ({
    aggregateId: id,
    version,
    stateUnderReview: after.stateUnderReview,
    visibility: 'public' as const,
    occurredAt: at,
  });
  const step = (row: ActionRow, action: Action, taken: AnyActionStep, reason: string) => {
    const state = allowed(takeActionStep(row.state, taken, reason));
    const version = row.version + 1;
    writes.push({ id: row.id, version, state, leavingReason: null, action });
    transitions.push({
      subject: 'action',
      subjectId: row.id,
      roadmapId: after.id,
      version,
      step: taken,
      fromState: row.state,
      toState: state,
      reason,
    });
    return version;
  };

  for (const action of plan.actions) {
    const row = rows.get(action.actionId)!;
    const told = eventAction(action, plan, after);
    if (row.state === 'proposed') {
      const version = step(row, action, 'agree', '');
      events.push({
        type: 'consultations.v1.ActionAdopted',
        ...common(row.id, version),
        data: { action: told },
      });
    } else if (changed.has(row.id)) {
      writes.push({ ...row, version: row.version + 1, action });
      events.push({
        type: 'consultations.v1.ActionRevised',
        ...common(row.id, row.version + 1),
        data: { action: told, changedFields: changed.get(row.id)! },
      });
    }
  }
  for (const action of before.actions) {
    const row = rows.get(action.actionId);
    if (!row || row.leavingReason === null) continue;
    const version = step(row, action, 'drop', row.leavingReason);
    events.push({
      type: 'consultations.v1.ActionDropped',
      ...common(row.id, version),
      data: {
        actionId: row.id,
        roadmapId: after.id,
        roadmapVersion: number,
        recommendationIds: coveredBy(action, before.clusters),
      },
    });
  }
  await writeActions(tx, after.id, writes);
  await keepTransitions(tx, transitions, by, at);
  await keepVersion(tx, after.id, { number, at, by, note, plan, gaps });
  const counted = (change: string) => difference.actions.filter((one) => one.change === change).length;
  await publish(
    tx,
    {
      type: 'consultations.v1.RoadmapAdopted',
      ...common(after.id, after.version),
      data: {
        roadmapId: after.id,
        roadmapVersion: number,
        title: plan.title,
        consultationId: after.consultationId ?? '',
        actionIds: plan.actions.map(({ actionId }) => actionId),
        added: counted('added'),
        changed: counted('changed'),
        dropped: counted('dropped'),
        gaps: gaps.length,
      },
    },
    ...events,
  );
}

/** Fields of each action that differ, also where only a cluster that it takes does. */
function changedFields(before: Plan, after: Plan): Map<string, string[]> {
  const resolved = (plan: Plan): Plan => ({
    ...plan,
    actions: plan.actions.map((action) => ({
      ...action,
      recommendationIds: coveredBy(action, plan.clusters),
    })),
  });
  const { actions } = differences(resolved(before), resolved(after));
  return new Map(
    actions
      .filter(({ change }) => change === 'changed')
      .map(({ actionId, fields }) => [actionId, fields.map(({ field }) => field)]),
  );
}

function eventAction(action: Action, { clusters }: Plan, { id, adoptedVersion }: RoadmapRow) {
  return {
    actionId: action.actionId,
    roadmapId: id,
    roadmapVersion: adoptedVersion,
    number: action.number,
    title: action.title,
    leadInstitution: action.leadInstitution,
    supportingInstitutions: action.supportingInstitutions,
    startOn: action.startOn ?? '',
    dueOn: action.dueOn ?? '',
    recommendationIds: coveredBy(action, clusters),
    costs: action.costs.map((cost) => ({ ...cost, amount: cost.amount ?? '' })),
  };
}
