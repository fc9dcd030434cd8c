import type { Database, Transaction } from '@followthrough/database';
import { v7 as uuidv7 } from 'uuid';
import { currentContext } from './context';

export interface AuditEntry {
  /** Opaque id of the member or service account; null for the platform itself. */
  caller: { id: string; kind: 'member' | 'service' } | null;
  /** What was done, `subject.verb`: `import.apply`. */
  action: string;
  subject: string;
  subjectId: string;
  stateUnderReview?: string | null;
  /** What changed; no person's name or address, no text of a protected submission. */
  details?: Record<string, unknown>;
}

/** Records a write in the transaction that makes it, so that neither stands without the other. */
export async function audit(tx: Transaction | Database, entry: AuditEntry): Promise<void> {
  await tx.query(
    `insert into audit_record (id, caller_id, caller_kind, action, subject, subject_id, state_under_review, details, correlation_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      uuidv7(),
      entry.caller?.id ?? null,
      entry.caller?.kind ?? 'platform',
      entry.action,
      entry.subject,
      entry.subjectId,
      entry.stateUnderReview ?? null,
      JSON.stringify(entry.details ?? {}),
      currentContext()?.correlationId ?? null,
    ],
  );
}
