import { findUprSession } from '@followthrough/vocabulary';

/** When a session of the UPR Working Group began, ISO 8601, to the month where only that is known; '' if unknown. */
export function sessionDate(session: number): string {
  return findUprSession(session)?.from ?? '';
}
