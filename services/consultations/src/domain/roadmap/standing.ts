import type { ActionState } from './action-state';

/** How an action stands today. Derived whenever somebody asks and never stored. */
export type Standing = 'on-time' | 'at-risk' | 'overdue' | 'done' | 'dropped' | 'not-agreed';

export interface Course {
  state: ActionState;
  startOn: string | null;
  dueOn: string | null;
  /** ISO date of the last that was heard of it: a step, or a value of an indicator; null: nothing */
  heardOn: string | null;
}

/** Days before the due date on which an action should be under way, and of silence after which one should ask. */
const NEAR_DAYS = 90;
const SILENT_DAYS = 183;

/** @param today ISO date where the State is */
export function standingOf({ state, startOn, dueOn, heardOn }: Course, today: string): Standing {
  if (state === 'proposed') return 'not-agreed';
  if (state === 'dropped') return 'dropped';
  if (state === 'verified' || state === 'completed-claimed') return 'done';
  if (dueOn !== null && dueOn < today) return 'overdue';
  if (state === 'blocked' || state === 'disputed') return 'at-risk';
  if (state === 'agreed') {
    const late = startOn !== null && startOn < today;
    return late || (dueOn !== null && daysBetween(today, dueOn) <= NEAR_DAYS) ? 'at-risk' : 'on-time';
  }
  return heardOn !== null && daysBetween(heardOn, today) > SILENT_DAYS ? 'at-risk' : 'on-time';
}

function daysBetween(earlier: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000);
}
