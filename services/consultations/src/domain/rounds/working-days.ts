import { addDays, weekday } from './dates';

const SUNDAY = 0;
const FRIDAY = 5;
const SATURDAY = 6;

const fridayAndSaturday = [
  'BHR', 'DZA', 'EGY', 'IRQ', 'ISR', 'JOR', 'KWT', 'LBY', 'MDV', 'OMN', 'PSE', 'QAT', 'SAU', 'SDN', 'SYR', 'YEM',
  'BGD',
]; // prettier-ignore

/** Weekends that are not Saturday and Sunday, by alpha-3 code (Unicode CLDR, supplemental weekData). */
const weekends = new Map<string, number[]>([
  ...fridayAndSaturday.map((state): [string, number[]] => [state, [FRIDAY, SATURDAY]]),
  ['AFG', [4, FRIDAY]],
  ['IRN', [FRIDAY]],
  ['BRN', [FRIDAY, SUNDAY]],
  ['NPL', [SATURDAY]],
  ['IND', [SUNDAY]],
  ['UGA', [SUNDAY]],
]);

/** Whether offices of the State work on a day. */
export function isWorkingDay(state: string, date: string, holidays: ReadonlySet<string>): boolean {
  return !(weekends.get(state) ?? [SATURDAY, SUNDAY]).includes(weekday(date)) && !holidays.has(date);
}

/** The day itself where offices work on it, else the next on which they do. */
export function workingDayFrom(state: string, date: string, holidays: ReadonlySet<string>): string {
  let day = date;
  // A calendar of nothing but holidays is a mistake; after a year of them the day itself has to do.
  for (let days = 0; days < 366; days += 1, day = addDays(day, 1)) {
    if (isWorkingDay(state, day, holidays)) return day;
  }
  return date;
}
