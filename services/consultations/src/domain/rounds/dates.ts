const DAY = 86_400_000;

const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** An ISO date some days later, or earlier where `days` is negative. */
export function addDays(date: string, days: number): string {
  return new Date(midnight(date) + days * DAY).toISOString().slice(0, 10);
}

/** Days from one ISO date to another, negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

/** Day of the week of an ISO date, 0 for Sunday. */
export function weekday(date: string): number {
  return new Date(midnight(date)).getUTCDay();
}

/** Whether a text is a day of the calendar in the form 2026-05-31. */
export function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? midnight(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
