import type { Transaction } from '@followthrough/database';
import type { CallerIdentity } from '@followthrough/service-kit';
import { afterRoundStep, type RoundStep } from '../domain/rounds/round';
import type { RoundRow } from '../outbound/round-rows';
import { actorOf, auditBy } from './actor';
import { ruled, sameVersion } from './refusal';

/**
 * Takes a step of a locked round: the row, its transition and the audit record. The event is the caller's, who knows
 * what it says.
 * @param seen version that the caller saw
 * @returns the new version
 */
export async function stepRound(
  tx: Transaction,
  caller: CallerIdentity,
  round: RoundRow,
  seen: number,
  step: RoundStep,
  at: Date,
): Promise<number> {
  sameVersion(seen, round.version);
  const next = ruled(() => afterRoundStep(round.state, step));
  const version = round.version + 1;
  await tx.query(
    `update round set state = $2, version = $3, ${next === 'open' ? 'opened_at' : 'closed_at'} = $4 where id = $1`,
    [round.id, next, version, at],
  );
  const actor = actorOf(caller);
  await tx.query(
    `insert into round_transition (subject, subject_id, version, from_state, to_state, by_kind, by_id, at)
     values ('round', $1, $2, $3, $4, $5, $6, $7)`,
    [round.id, version, round.state, next, actor.kind, actor.id, at],
  );
  await auditBy(tx, actor, {
    action: `round.${step.step}`,
    subject: 'round',
    subjectId: round.id,
    stateUnderReview: round.stateUnderReview,
  });
  return version;
}
