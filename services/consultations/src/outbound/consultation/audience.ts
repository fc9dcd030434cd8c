import type { CallerIdentity } from '@followthrough/service-kit';
import { rowsOf, type Reader } from '../rows-of';
import type { ConsultationRow } from './consultation-rows';

/**
 * Whether the caller reads a submission: who handed it in and the desk always; others as people were told before
 * they wrote, participants from closing on, everybody from the outcome on.
 */
export async function seesSubmission(
  reader: Reader,
  caller: CallerIdentity | null,
  { id, state, stateUnderReview, submissionsVisibleTo }: ConsultationRow,
  submissionId: string,
): Promise<boolean> {
  if (caller?.can('consultations.read', stateUnderReview)) return true;
  const told = state === 'outcome-published' || state === 'archived';
  if (submissionsVisibleTo === 'public' && told) return true;
  if (!caller) return false;
  const organisations = caller.memberships.map(({ organisationId }) => organisationId);
  const [row] = await rowsOf<{ own: boolean; takesPart: boolean }>(
    reader,
    `select exists (select from submission where id = $2 and organisation_id = any($3::uuid[])) as own,
       exists (select from consultation_invitation where consultation_id = $1 and organisation_id = any($3::uuid[])
         and state in ('created', 'accepted')) as "takesPart"`,
    [id, submissionId, organisations],
  );
  if (row!.own) return true;
  const closed = told || state === 'closed' || state === 'outcome-draft';
  return submissionsVisibleTo !== 'facilitator' && closed && row!.takesPart;
}
