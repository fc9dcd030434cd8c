import { findStateByCode } from './states/states';

/**
 * A session of the UPR Working Group. Dates are whole ("2014-10-27") where a report or announcement gave them to us
 * and cut after the month ("2013-01") where only that is known; sessions to come are as scheduled.
 */
export interface UprSession {
  session: number;
  cycle: number;
  from: string;
  to: string;
}

export interface UprCycle {
  cycle: number;
  firstSession: number;
  lastSession: number;
}

/** The four cycles there have been since 2008. */
export const uprCycles: readonly UprCycle[] = [
  { cycle: 1, firstSession: 1, lastSession: 12 },
  { cycle: 2, firstSession: 13, lastSession: 26 },
  { cycle: 3, firstSession: 27, lastSession: 40 },
  { cycle: 4, firstSession: 41, lastSession: 54 },
];

/** First and last day or month of sessions 1 to 54, in order. */
const dates = [
  '2008-04-07 2008-04-18',
  '2008-05-05 2008-05-19',
  '2008-12-01 2008-12-15',
  '2009-02-02 2009-02-13',
  '2009-05-04 2009-05-15',
  '2009-11-30 2009-12-11',
  '2010-02-08 2010-02-19',
  '2010-05-03 2010-05-14',
  '2010-11-01 2010-11-12',
  '2011-01-24 2011-02-04',
  '2011-05-02 2011-05-13',
  '2011-10-03 2011-10-14',
  '2012-05-21 2012-06-04',
  '2012-10-22 2012-11-05',
  '2013-01 2013-02',
  '2013-04 2013-05',
  '2013-10-21 2013-11-01',
  '2014-01-27 2014-02-07',
  '2014-04-28 2014-05-09',
  '2014-10-27 2014-11-07',
  '2015-01-19 2015-01-30',
  '2015-05 2015-05',
  '2015-11-02 2015-11-13',
  '2016-01-18 2016-01-29',
  '2016-05 2016-05',
  '2016-10-31 2016-11-11',
  '2017-05 2017-05',
  '2017-11 2017-11',
  '2018-01-15 2018-01-26',
  '2018-05 2018-05',
  '2018-11-05 2018-11-16',
  '2019-01-21 2019-02-01',
  '2019-05 2019-05',
  '2019-11 2019-11',
  '2020-01 2020-01',
  '2020-11-02 2020-11-13',
  '2021-01 2021-02',
  '2021-05-03 2021-05-14',
  '2021-11 2021-11',
  '2022-01-24 2022-02-03',
  '2022-11-07 2022-11-18',
  '2023-01-23 2023-02-03',
  '2023-05-01 2023-05-12',
  '2023-11-06 2023-11-17',
  '2024-01 2024-02',
  '2024-04 2024-05',
  '2024-11 2024-11',
  '2025-01-20 2025-01-31',
  '2025-04 2025-05',
  '2025-11 2025-11',
  '2026-01 2026-01',
  '2026-05 2026-05',
  '2026-11 2026-11',
  '2027-01 2027-02',
];

/** Sessions 1 to 54 with their dates. */
export const uprSessions: readonly UprSession[] = dates.map((pair, at) => {
  const [from = '', to = ''] = pair.split(' ');
  return { session: at + 1, cycle: sessionToCycle(at + 1) ?? 0, from, to };
});

/** The cycle that a session belongs to; null for a number that is no session of a known cycle. */
export function sessionToCycle(session: number): number | null {
  if (!Number.isInteger(session)) return null;
  const found = uprCycles.find(
    ({ firstSession, lastSession }) => session >= firstSession && session <= lastSession,
  );
  return found?.cycle ?? null;
}

/** The session of a number; undefined where there is none. */
export function findUprSession(session: number): UprSession | undefined {
  return uprSessions[session - 1];
}

/**
 * Number of the Human Rights Council session in whose document series the Working Group's reports came out, by
 * session of the Working Group. Series 8 has those of sessions 1 and 2.
 */
const series = [
  8, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 36,
  37, 38, 39, 40, 41, 42, 43, 44, 46, 47, 48, 49, 50, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61,
];

export interface Review {
  /** Null where the symbol leaves two sessions open. */
  session: number | null;
  cycle: number;
  /** State under review as alpha-3, null where the symbol does not say. */
  state: string | null;
}

/**
 * The review that a document of the UPR belongs to, from its symbol: reports and addenda ("A/HRC/28/15/Add.1"),
 * where the series tells the session, and documents of the Working Group ("A/HRC/WG.6/20/SVN/1"), which name session
 * and State. The series holds other documents too, so ask only about symbols that a UPR document bears. Null where
 * the symbol is of another kind.
 */
export function reviewOfSymbol(symbol: string): Review | null {
  const text = symbol.trim().toUpperCase();
  const own = /^A\/HRC\/WG\.6\/(\d{1,2})(?:\/(?:L\.\d+|([A-Z]{3})(?:\/.*)?))?$/.exec(text);
  if (own) {
    const session = Number(own[1]);
    const cycle = sessionToCycle(session);
    return cycle === null ? null : { session, cycle, state: findStateByCode(own[2] ?? '')?.code ?? null };
  }
  const report = /^A\/HRC\/(\d{1,2})\/\d+(?:\/.*)?$/.exec(text);
  if (!report) return null;
  const sessions = series.flatMap((number, at) => (number === Number(report[1]) ? [at + 1] : []));
  const [session, ...others] = sessions;
  const cycle = session === undefined ? null : sessionToCycle(session);
  if (session === undefined || cycle === null) return null;
  return { session: others.length === 0 ? session : null, cycle, state: null };
}
