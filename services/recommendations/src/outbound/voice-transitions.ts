import type { Transaction } from '@followthrough/database';

/** A step of a development or an assessment, and who took it. */
export interface VoiceTransition {
  subject: 'development' | 'assessment';
  subjectId: string;
  step: string;
  /** null where it began */
  from: string | null;
  to: string;
  version: number;
  /** opaque id */
  memberId: string;
  organisationId: string;
  reason: string;
  at: Date;
}

export async function noteTransition(tx: Transaction, transition: VoiceTransition): Promise<void> {
  const { subject, subjectId, step, from, to, version, memberId, organisationId, reason, at } = transition;
  await tx.query(
    `insert into voice_transition
       (subject, subject_id, step, from_state, to_state, version, member_id, organisation_id, reason, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [subject, subjectId, step, from, to, version, memberId, organisationId, reason, at],
  );
}
