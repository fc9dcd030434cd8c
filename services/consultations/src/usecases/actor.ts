import { audit, type CallerIdentity } from '@followthrough/service-kit';
import type { Transaction } from '@followthrough/database';

/** Who takes a step: somebody signed in, or whoever holds a link, by the opaque id of the access. */
export interface Actor {
  kind: 'member' | 'service' | 'link';
  id: string;
}

export const actorOf = ({ kind, id }: CallerIdentity): Actor => ({ kind, id });

/** Records a write by either. */
export async function auditBy(
  tx: Transaction,
  actor: Actor,
  entry: { action: string; subject: string; subjectId: string; stateUnderReview: string; details?: object },
): Promise<void> {
  const byLink = actor.kind === 'link';
  await audit(tx, {
    caller: byLink ? null : { id: actor.id, kind: actor.kind as 'member' | 'service' },
    ...entry,
    details: { ...entry.details, ...(byLink && { access: actor.id }) },
  });
}
