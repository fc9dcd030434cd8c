import { DateTime } from 'luxon';
import { addDays } from './dates';
import { isWritable, type TaskState } from './task';
import { workingDayFrom } from './working-days';

/** When a round reminds: days before (negative) and after its due date. */
export interface ReminderRule {
  /** To whoever holds the task, one each. */
  offsets: number[];
  /** To the supervisor, who hears of it once. Null: nobody does. */
  escalationAfter: number | null;
}

export const usualRule: ReminderRule = { offsets: [-14, -7, -1, 1], escalationAfter: 14 };

export type Audience = 'institution' | 'supervisor';

export interface PlannedReminder {
  offsetDays: number;
  audience: Audience;
  dueAt: Date;
}

/** Mail of a round goes out at this hour of the State's time. */
const HOUR = 9;

/** The first moment of a working day at which mail goes out. */
export function mailTime(date: string, timeZone: string): Date {
  return DateTime.fromISO(date, { zone: timeZone }).set({ hour: HOUR }).toJSDate();
}

/** The ISO date that it is somewhere at an instant. */
export function dateAt(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate()!;
}

/**
 * Reminders to come for one due date, one per offset and each on a working day of the State. What would have been
 * sent before `now` is left out: who is asked late is not reminded of a day that had passed before.
 */
export function planReminders(
  rule: ReminderRule,
  round: { dueOn: string; timeZone: string; stateUnderReview: string },
  holidays: ReadonlySet<string>,
  now: Date,
): PlannedReminder[] {
  const wanted: { offsetDays: number; audience: Audience }[] = [...new Set(rule.offsets)].map(
    (offsetDays) => ({
      offsetDays,
      audience: 'institution',
    }),
  );
  if (rule.escalationAfter !== null)
    wanted.push({ offsetDays: rule.escalationAfter, audience: 'supervisor' });
  return wanted
    .sort((a, b) => a.offsetDays - b.offsetDays)
    .map((reminder) => {
      const day = workingDayFrom(round.stateUnderReview, addDays(round.dueOn, reminder.offsetDays), holidays);
      return { ...reminder, dueAt: mailTime(day, round.timeZone) };
    })
    .filter(({ dueAt }) => dueAt > now);
}

/** What becomes of a reminder whose time has come. */
export type ReminderFate = { kind: 'send' } | { kind: 'void' } | { kind: 'wait'; until: Date };

/**
 * @param newer a later reminder to the same audience is due too, after an outage: only that one is sent
 */
export function reminderFate(
  reminder: { newer: boolean },
  task: { state: TaskState; roundOpen: boolean },
  round: { timeZone: string; stateUnderReview: string },
  holidays: ReadonlySet<string>,
  now: Date,
): ReminderFate {
  if (!task.roundOpen || !isWritable(task.state) || reminder.newer) return { kind: 'void' };
  const today = dateAt(now, round.timeZone);
  const day = workingDayFrom(round.stateUnderReview, today, holidays);
  return day === today ? { kind: 'send' } : { kind: 'wait', until: mailTime(day, round.timeZone) };
}
