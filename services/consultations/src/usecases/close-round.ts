import { Database } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { Clock, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { findRound } from '../outbound/round-rows';
import { missing } from './refusal';
import { stepRound } from './step-round';

/** Ends a round: what was answered stays, nobody is reminded any more, and the links open nothing. */
@Injectable()
export class CloseRound {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(caller: CallerIdentity, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const round = await findRound(tx, id, true);
      if (!round || !caller.can('rounds.write', round.stateUnderReview)) throw missing('round');
      const now = this.clock.now();
      const next = await stepRound(tx, caller, round, version, { step: 'close' }, now);
      await tx.query(
        `update scheduled_reminder set state = 'void', settled_at = $2 where state = 'pending'
           and task_id in (select id from round_task where round_id = $1)`,
        [id, now],
      );
      const [count] = await tx.query<{ released: number; unreleased: number }[]>(
        `select count(*) filter (where state = 'released')::int as released,
                count(*) filter (where state <> 'released')::int as unreleased from round_task where round_id = $1`,
        [id],
      );
      await publish(tx, {
        type: 'consultations.v1.RoundClosed',
        aggregateId: id,
        version: next,
        stateUnderReview: round.stateUnderReview,
        visibility: 'internal',
        occurredAt: now,
        data: { roundId: id, ...count! },
      });
    });
  }
}
