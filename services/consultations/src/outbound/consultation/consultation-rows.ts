import type { RecommendationFilter } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { Problem, type OrganisationClass } from '@followthrough/service-kit';
import type { ConsultationState } from '../../domain/consultation/consultation-state';
import type { SubmissionState } from '../../domain/consultation/submission-state';
import { rowsOf, type Reader } from '../rows-of';

export type Audience = 'facilitator' | 'participants' | 'public';

export interface ConsultationRow {
  id: string;
  version: number;
  stateUnderReview: string;
  state: ConsultationState;
  title: string;
  purpose: string;
  facilitator: string;
  filter: RecommendationFilter;
  opensAt: Date;
  closesAt: Date;
  timeZone: string;
  submissionsVisibleTo: Audience;
}

export interface SubmissionRow {
  id: string;
  consultationId: string;
  version: number;
  state: SubmissionState;
  class: OrganisationClass;
  organisation: string;
  organisationId: string | null;
  language: string;
  receivedOn: string | null;
  origin: 'web' | 'paper';
  provenance: string;
}

const CONSULTATION = `select id, version, state_under_review as "stateUnderReview", state, title, purpose, facilitator,
  filter, opens_at as "opensAt", closes_at as "closesAt", time_zone as "timeZone",
  submissions_visible_to as "submissionsVisibleTo" from consultation`;
export const SUBMISSION = `select id, consultation_id as "consultationId", version, state, class, organisation,
  organisation_id as "organisationId", language, received_on as "receivedOn", origin, provenance from submission`;

const notFound = () => new Problem('not-found', 'consultation-not-found', 'There is no such consultation.');

export async function findConsultation(reader: Reader, id: string): Promise<ConsultationRow> {
  const [row] = await rowsOf<ConsultationRow>(reader, `${CONSULTATION} where id = $1`, [id]);
  if (!row) throw notFound();
  return row;
}

/** Whoever writes anything of a consultation holds this lock, so that writes come one after another. */
export async function lockConsultation(tx: Transaction, id: string): Promise<ConsultationRow> {
  const [row] = await rowsOf<ConsultationRow>(tx, `${CONSULTATION} where id = $1 for update`, [id]);
  if (!row) throw notFound();
  return row;
}

export async function findSubmission(reader: Reader, id: string): Promise<SubmissionRow> {
  const [row] = await rowsOf<SubmissionRow>(reader, `${SUBMISSION} where id = $1`, [id]);
  if (!row) throw new Problem('not-found', 'submission-not-found', 'There is no such submission.');
  return row;
}

export async function recommendationIdsOf(reader: Reader, consultationId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    reader,
    'select recommendation_id as id from consultation_recommendation where consultation_id = $1 order by 1',
    [consultationId],
  );
  return rows.map(({ id }) => id);
}

/** Keeps a step. Of a submission the day alone, and not who took it. */
export async function keepStep(
  tx: Transaction,
  step: {
    subject: 'consultation' | 'submission';
    subjectId: string;
    version: number;
    step: string;
    fromState: string;
    toState: string;
    reason: string;
    at: Date;
    by: string;
  },
): Promise<void> {
  const known = step.subject === 'consultation';
  await tx.query(
    `insert into consultation_transition
       (subject, subject_id, version, step, from_state, to_state, reason, at, on_day, by_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      step.subject,
      step.subjectId,
      step.version,
      step.step,
      step.fromState,
      step.toState,
      step.reason,
      known ? step.at : null,
      step.at.toISOString().slice(0, 10),
      known ? step.by : null,
    ],
  );
}
