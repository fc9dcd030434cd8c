import { DateTime } from 'luxon';
import { DIGEST_TIME, firstInstantOn, isTimeZone, nextDigestDay } from './digest-time';
import { randomFrom } from '../testing/random';

const ZONES = (
  'UTC Africa/Nairobi Africa/Casablanca Africa/Cairo America/New_York America/Sao_Paulo America/St_Johns ' +
  'America/Havana America/Santiago America/Asuncion America/Scoresbysund Asia/Tehran Asia/Kathmandu Asia/Gaza ' +
  'Asia/Beirut Asia/Kolkata Asia/Tokyo Asia/Amman Atlantic/Azores Australia/Lord_Howe Australia/Adelaide ' +
  'Europe/Ljubljana Europe/London Europe/Dublin Europe/Chisinau Pacific/Apia Pacific/Chatham Pacific/Kiritimati ' +
  'Pacific/Norfolk Pacific/Easter Africa/El_Aaiun Asia/Pyongyang America/Caracas Europe/Volgograd Antarctica/Troll ' +
  'Pacific/Fiji Asia/Damascus America/Mexico_City Africa/Juba Asia/Almaty'
).split(' ');

/** The slow way: look at every minute of a few days. */
function byLooking(date: string, zone: string, hour: number, minute: number): number | null {
  const from = DateTime.fromISO(date, { zone: 'utc' }).minus({ hours: 20 }).toMillis();
  for (let at = from; at < from + 52 * 3_600_000; at += 60_000) {
    const local = DateTime.fromMillis(at, { zone });
    if (local.toISODate() === date && local.hour * 60 + local.minute >= hour * 60 + minute) return at;
  }
  return null;
}

describe('firstInstantOn', () => {
  it.each([
    ['2026-07-14', 'Europe/Ljubljana', 7, 0, '2026-07-14T05:00:00.000Z'],
    // Put forward from 2:00 to 3:00: the first valid minute is 3:00.
    ['2026-03-29', 'Europe/Ljubljana', 2, 30, '2026-03-29T01:00:00.000Z'],
    // Put back from 3:00 to 2:00: the first of two.
    ['2026-10-25', 'Europe/Ljubljana', 2, 30, '2026-10-25T00:30:00.000Z'],
    ['2026-04-05', 'Australia/Lord_Howe', 1, 45, '2026-04-04T14:45:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', 0, 0, '2018-11-04T03:00:00.000Z'],
    ['2011-12-29', 'Pacific/Apia', 7, 0, '2011-12-29T17:00:00.000Z'],
    ['2011-12-30', 'Pacific/Apia', 7, 0, null],
    ['2011-12-31', 'Pacific/Apia', 7, 0, '2011-12-30T17:00:00.000Z'],
  ])('%s in %s at %i:%i', (date, zone, hour, minute, expected) => {
    expect(firstInstantOn(date, zone, { hour, minute })?.toISOString() ?? null).toBe(expected);
  });

  it('agrees with looking at every minute around changes of the clocks', () => {
    const random = randomFrom(11);
    for (const zone of ZONES) {
      for (let asked = 0; asked < 3; asked++) {
        const day = DateTime.fromISO('2011-01-01', { zone: 'utc' }).plus({
          days: Math.floor(random() * 5800),
        });
        const change = nextChange(zone, day.toMillis());
        const date = DateTime.fromMillis(change, { zone }).toISODate() ?? '';
        const [hour, minute] = [Math.floor(random() * 5), Math.floor(random() * 60)];
        expect([
          zone,
          date,
          hour,
          minute,
          firstInstantOn(date, zone, { hour, minute })?.getTime() ?? null,
        ]).toEqual([...[zone, date, hour, minute], byLooking(date, zone, hour, minute)]);
      }
    }
  });
});

function nextChange(zone: string, from: number): number {
  const day = 86_400_000;
  for (let at = from; at < from + 400 * day; at += day) {
    if (DateTime.fromMillis(at, { zone }).offset !== DateTime.fromMillis(at + day, { zone }).offset)
      return at + day;
  }
  return from;
}

describe('nextDigestDay', () => {
  it.each(ZONES)('gives each notice of a year exactly one digest a local date in %s', (zone) => {
    const random = randomFrom(zone.length * 101);
    let at = Date.parse('2025-12-20T00:00:00Z');
    const end = at + 400 * 86_400_000;
    let last: string | null = null;
    let open: { localDate: string; dueAt: Date } | null = null;
    const sent: { localDate: string; dueAt: Date; notices: number }[] = [];
    let arrived = 0;
    let waiting = 0;
    while (at < end) {
      at += Math.floor(random() * 30 * 3_600_000);
      if (open && open.dueAt.getTime() <= at) {
        sent.push({ ...open, notices: waiting });
        [last, open, waiting] = [open.localDate, null, 0];
      }
      arrived++;
      waiting++;
      open ??= nextDigestDay('daily', zone, new Date(at), last);
      expect(open.dueAt.getTime()).toBeGreaterThan(at);
      expect(open.dueAt.getTime() - at).toBeLessThanOrEqual(50 * 3_600_000);
    }
    expect(sent.reduce((sum, { notices }) => sum + notices, waiting)).toBe(arrived);
    expect(new Set(sent.map(({ localDate }) => localDate)).size).toBe(sent.length);
    for (const { localDate, dueAt } of sent) {
      const local = DateTime.fromJSDate(dueAt, { zone });
      expect(local.toISODate()).toBe(localDate);
      expect([local.hour, local.minute]).toEqual([DIGEST_TIME.hour, DIGEST_TIME.minute]);
    }
  });

  it('never uses a local date twice, wherever the recipient travels', () => {
    const random = randomFrom(5);
    let at = Date.parse('2026-01-01T00:00:00Z');
    let last: string | null = null;
    for (let moves = 0; moves < 500; moves++) {
      const zone = ZONES[Math.floor(random() * ZONES.length)] ?? 'UTC';
      const next: { localDate: string; dueAt: Date } = nextDigestDay('daily', zone, new Date(at), last);
      if (last !== null) expect(next.localDate > last).toBe(true);
      [last, at] = [next.localDate, next.dueAt.getTime() + Math.floor(random() * 3_600_000)];
    }
  });

  it('sends weekly digests on Mondays', () => {
    const first = nextDigestDay('weekly', 'Asia/Tokyo', new Date('2026-05-06T00:00:00Z'));
    expect(first).toEqual({ localDate: '2026-05-11', dueAt: new Date('2026-05-10T22:00:00Z') });
    expect(nextDigestDay('weekly', 'Asia/Tokyo', first.dueAt, first.localDate).localDate).toBe('2026-05-18');
  });
});

describe('isTimeZone', () => {
  it('knows the names of zones and nothing else', () => {
    expect(['Africa/Nairobi', 'UTC', 'America/Port-au-Prince', 'Etc/GMT+5'].map(isTimeZone)).toEqual(
      Array(4).fill(true),
    );
    expect(['', 'Nowhere', '+02:00', "x'; drop", 'Europe/Ljubljana\n'].map(isTimeZone)).toEqual(
      Array(5).fill(false),
    );
  });
});
