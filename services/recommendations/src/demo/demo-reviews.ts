import { uprSessions, type UprSession } from '@followthrough/vocabulary';
import type { Position } from '../domain/formats';
import type { Statement, Translations } from '../domain/held/statement';
import earlier from './earlier-review.json';
import latest from './latest-review.json';

/** A review of the invented State of Tamaria, as if its matrix had been imported. */
export interface DemoReview {
  name: string;
  document: Record<string, unknown>;
  statements: Statement[];
}

interface DemoRow {
  no: number;
  text: string;
  fr?: string;
  ar?: string;
  /** alpha-3 codes of the recommending States; none: a pledge of Tamaria itself */
  states?: string[];
  position?: string;
  action: number;
  themes: string[];
  groups?: string[];
  sdgs?: string[];
  lead?: string;
  supporting?: string[];
  dueInMonths?: number;
  status?: string;
  note?: string;
}

const TAMARIA = { raw: 'Tamaria', code: 'XTM' };
/** A cycle is fourteen sessions, less one that was added. */
const SESSIONS_BETWEEN_REVIEWS = 14;

/**
 * Two reviews, the latest as recent as there can be at that time, so that what it brings is news. Everything in
 * them is invented.
 */
export function demoReviews(now: Date): DemoReview[] {
  const today = now.toISOString().slice(0, 10);
  const held = uprSessions.filter((session) => session.to < today);
  const recent = held.at(-1) ?? uprSessions[0]!;
  const before = held.at(-1 - SESSIONS_BETWEEN_REVIEWS) ?? uprSessions[0]!;
  return [reviewOf(before, 98, earlier, now), reviewOf(recent, 112, latest, now)];
}

function reviewOf(session: UprSession, paragraph: number, rows: DemoRow[], now: Date): DemoReview {
  const symbol = `DEMO/HRC/${session.session}/1`;
  const { cycle } = session;
  return {
    name: `Demonstration data: Tamaria, cycle ${cycle}`,
    document: {
      stateUnderReview: TAMARIA.code,
      mechanism: 'UPR',
      cycle,
      session: session.session,
      symbol,
      date: null,
    },
    statements: rows.map((row) => ({
      kind: row.states ? 'recommendation' : 'pledge',
      mechanism: 'UPR',
      stateUnderReview: TAMARIA,
      cycle,
      session: session.session,
      symbol,
      paragraph: `${paragraph}.${row.no}`,
      date: session.to,
      text: row.text,
      language: 'en',
      translations: translationsOf(row),
      recommendingStates: (row.states ?? []).map((code) => ({ raw: code, code })),
      ...(row.position && { position: row.position as Position }),
      actionCategory: row.action,
      themes: row.themes,
      ...(row.groups && { groups: row.groups }),
      ...(row.sdgs && { sdgs: row.sdgs }),
      ...(row.lead && { leadInstitution: row.lead }),
      ...(row.supporting && { supportingInstitutions: row.supporting }),
      ...(row.dueInMonths !== undefined && { deadline: endOfMonth(now, row.dueInMonths) }),
      ...(row.status && { status: row.status }),
      ...(row.note && { note: row.note }),
    })),
  };
}

function translationsOf({ fr, ar }: DemoRow): Translations {
  return {
    ...(fr && { fr: { text: fr, status: 'translated' } }),
    ...(ar && { ar: { text: ar, status: 'translated' } }),
  };
}

/** ISO date of the last day of the month that is so many months from now. */
function endOfMonth(now: Date, months: number): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months + 1, 0))
    .toISOString()
    .slice(0, 10);
}
