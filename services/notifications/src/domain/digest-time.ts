import { DateTime, IANAZone } from 'luxon';

/** A civil time of day. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

/** When daily and weekly digests are due, by the clock of the recipient. */
export const DIGEST_TIME: TimeOfDay = { hour: 7, minute: 0 };

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * The first instant of a civil date in a zone at which clocks show the time of day, or have been put past it.
 * Where clocks are put back the first of the two; where they are put forward over it the first valid minute.
 * @param date `YYYY-MM-DD`
 * @returns null where the zone left the whole rest of the date out, as Samoa did with 30 December 2011
 */
export function firstInstantOn(date: string, zone: string, { hour, minute }: TimeOfDay): Date | null {
  const iana = IANAZone.create(zone);
  const wall = DateTime.fromISO(date, { zone: 'utc' }).plus({ hours: hour, minutes: minute }).toMillis();
  const before = iana.offset(wall - DAY) * MINUTE;
  const after = iana.offset(wall + DAY) * MINUTE;
  const valid = [wall - before, wall - after].filter((at) => at + iana.offset(at) * MINUTE === wall);
  if (valid.length > 0) return new Date(Math.min(...valid));
  const change = firstMoment(wall - Math.max(before, after), wall - Math.min(before, after), (at) => {
    return at + iana.offset(at) * MINUTE >= wall;
  });
  return DateTime.fromMillis(change, { zone }).toISODate() === date ? new Date(change) : null;
}

/** The first millisecond in (low, high] that fulfils a condition which stays fulfilled. */
function firstMoment(low: number, high: number, fulfilled: (at: number) => boolean): number {
  let [no, yes] = [low - 1, high];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (fulfilled(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** A day's digest: its date in the recipient's zone, and when it is due. */
export interface DigestDay {
  localDate: string;
  dueAt: Date;
}

/**
 * The next day with a digest.
 * @param after it is due after this instant
 * @param lastDate the latest local date that already has one; it is never used again, wherever the recipient
 *   has travelled since
 */
export function nextDigestDay(
  cadence: 'daily' | 'weekly',
  zone: string,
  after: Date,
  lastDate: string | null = null,
  time: TimeOfDay = DIGEST_TIME,
): DigestDay {
  const day = DateTime.fromJSDate(after, { zone }).startOf('day');
  if (!day.isValid) throw new Error(`"${zone}" is not a time zone.`);
  let civil = DateTime.fromISO(day.toISODate(), { zone: 'utc' });
  for (let looked = 0; looked < 800; looked++, civil = civil.plus({ days: 1 })) {
    const localDate = civil.toISODate();
    if (localDate === null || (lastDate !== null && localDate <= lastDate)) continue;
    if (cadence === 'weekly' && civil.weekday !== 1) continue;
    const dueAt = firstInstantOn(localDate, zone, time);
    if (dueAt !== null && dueAt > after) return { localDate, dueAt };
  }
  throw new Error(`No day for a ${cadence} digest in ${zone} after ${after.toISOString()}.`);
}

/** Whether a text names a zone of the tz database that this machine knows. */
export function isTimeZone(zone: string): boolean {
  return /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/.test(zone) && IANAZone.isValidZone(zone);
}
