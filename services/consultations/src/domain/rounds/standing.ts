import { daysBetween } from './dates';
import type { TaskState } from './task';

/** How a task stands on a day. Always derived from state, date and answers, and never stored. */
export const standings = ['released', 'answered', 'returned', 'late', 'at-risk', 'waiting'] as const;
export type Standing = (typeof standings)[number];

const AT_RISK_DAYS = 7;

/**
 * Late: past the due date and not handed in. At risk: within a week of it and not half answered.
 * @param dueOn ISO date, the last day on which an answer is in time
 * @param today ISO date where the State is
 */
export function standingOf(
  task: { state: TaskState; recommendations: number; answered: number },
  dueOn: string,
  today: string,
): Standing {
  if (task.state === 'released') return 'released';
  if (task.state === 'submitted') return 'answered';
  if (today > dueOn) return 'late';
  if (task.state === 'returned') return 'returned';
  const soon = daysBetween(today, dueOn) <= AT_RISK_DAYS;
  return soon && task.answered * 2 < task.recommendations ? 'at-risk' : 'waiting';
}
