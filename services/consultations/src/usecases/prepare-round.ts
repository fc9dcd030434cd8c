import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ReminderRule } from '../domain/rounds/reminders';
import { findRound, type RoundRow } from '../outbound/round-rows';
import { missing, notYourState, sameVersion } from './refusal';

export interface RoundFields {
  title: string;
  filter: RecommendationFilter;
  dueOn: string;
  timeZone: string;
  rule: ReminderRule;
}

/** Writes a round that nobody is asked in yet, and changes it until it is opened. */
@Injectable()
export class PrepareRound {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async begin(caller: CallerIdentity, stateUnderReview: string, fields: RoundFields): Promise<RoundRow> {
    if (!caller.can('rounds.write', stateUnderReview)) throw notYourState();
    return this.database.transaction(async (tx) => {
      const id = uuidv7();
      await tx.query(
        `insert into round (id, version, state, state_under_review, title, filter, due_on, time_zone,
                            reminder_offsets, escalation_after, created_at)
         values ($1, 1, 'draft', $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, stateUnderReview, ...values(fields), this.clock.now()],
      );
      await audit(tx, { caller, action: 'round.prepare', subject: 'round', subjectId: id, stateUnderReview });
      return (await findRound(tx, id))!;
    });
  }

  async change(caller: CallerIdentity, id: string, version: number, fields: RoundFields): Promise<RoundRow> {
    return this.database.transaction(async (tx) => {
      const round = await findRound(tx, id, true);
      if (!round || !caller.can('rounds.write', round.stateUnderReview)) throw missing('round');
      sameVersion(version, round.version);
      if (round.state !== 'draft') {
        throw new Problem(
          'conflict',
          'round-not-draft',
          'The round has been opened: only its due date can still be moved.',
        );
      }
      await tx.query(
        `update round set version = version + 1, title = $2, filter = $3, due_on = $4, time_zone = $5,
           reminder_offsets = $6, escalation_after = $7 where id = $1`,
        [id, ...values(fields)],
      );
      await audit(tx, {
        caller,
        action: 'round.change',
        subject: 'round',
        subjectId: id,
        stateUnderReview: round.stateUnderReview,
      });
      return (await findRound(tx, id))!;
    });
  }
}

function values({ title, filter, dueOn, timeZone, rule }: RoundFields): unknown[] {
  return [title, JSON.stringify(filter), dueOn, timeZone, rule.offsets, rule.escalationAfter];
}
