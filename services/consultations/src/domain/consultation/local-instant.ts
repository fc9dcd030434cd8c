import { DateTime, IANAZone } from 'luxon';
import { refuse, type Taken } from '../step';

/**
 * The instant of a local time in a time zone. A time that the zone skips is refused; of one that it has twice the
 * first is meant.
 * @param local `2026-03-29T09:00`
 * @param zone IANA, `Europe/Ljubljana`
 */
export function instantOf(local: string, zone: string): Taken<Date> {
  if (!IANAZone.isValidZone(zone)) return refuse('time-zone-unknown', `There is no time zone ${zone}.`);
  const time = DateTime.fromISO(local, { zone });
  if (!time.isValid || time.toFormat("yyyy-MM-dd'T'HH:mm") !== local) {
    return refuse('time-does-not-exist', `There is no ${local} in ${zone}: choose another time.`);
  }
  return { taken: time.toJSDate() };
}
