import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { RecommendationFilter } from '@followthrough/contracts';
import type { HeldField } from '../domain/held/held';
import { internalReach, recommendationWhere, type InternalFilter } from '../outbound/recommendation-where';
import { holdRecommendations } from './hold-recommendations';

/** What a person decides, by field; null takes a decision back, so that the sources speak again. */
export type Decided = Partial<Record<HeldField, unknown>>;

const MOST_AT_ONCE = 20_000;
const CHUNK = 1000;

interface Target {
  id: string;
  naturalKey: string;
  stateUnderReview: string;
}

/** Writes what persons decide about single fields. It stands against every source, also after re-import and undo. */
@Injectable()
export class DecideFields {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param announce whether a change of what is public is news to those who follow it */
  async one(caller: CallerIdentity, id: string, decided: Decided, announce: boolean): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [target]: Target[] = await tx.query(
        `select id, natural_key as "naturalKey", state_under_review as "stateUnderReview"
         from recommendation where id = $1 for update`,
        [id],
      );
      if (!target)
        throw new Problem('not-found', 'recommendation-not-found', 'There is no such recommendation.');
      if (!caller.can('recommendations.internal.write', target.stateUnderReview || null)) {
        throw new Problem(
          'forbidden',
          'not-your-state',
          'You may not edit recommendations to this State under review.',
        );
      }
      await this.write(tx, caller, [target], decided, announce);
      await audit(tx, {
        caller,
        action: 'recommendation.edit',
        subject: 'recommendation',
        subjectId: id,
        stateUnderReview: target.stateUnderReview || null,
        details: { fields: Object.keys(decided) },
      });
    });
  }

  /**
   * Decides the same of all recommendations that a filter finds and the caller may edit.
   * @param expected how many the caller saw; where it is not so any more nothing is changed
   * @returns how many were changed
   */
  async all(
    caller: CallerIdentity,
    filter: RecommendationFilter & InternalFilter,
    decided: Decided,
    { expected, announce }: { expected: number; announce: boolean },
  ): Promise<number> {
    return this.database.transaction(async (tx) => {
      const where = recommendationWhere(filter);
      const reach = internalReach(
        caller.statesFor('recommendations.internal.write'),
        where.params.length + 1,
      );
      const targets: Target[] = await tx.query(
        `select id, natural_key as "naturalKey", state_under_review as "stateUnderReview"
         from recommendation r where ${where.sql} and ${reach.sql}
         order by natural_key limit ${MOST_AT_ONCE + 1} for update`,
        [...where.params, ...reach.params],
      );
      if (targets.length > MOST_AT_ONCE) {
        throw new Problem(
          'unprocessable',
          'too-many-at-once',
          `At most ${MOST_AT_ONCE} recommendations can be edited at once: narrow the filter.`,
        );
      }
      if (targets.length !== expected) {
        throw new Problem(
          'conflict',
          'count-changed',
          `The filter now finds ${targets.length} recommendations that you may edit, not ${expected}: look again, then edit.`,
          { found: targets.length },
        );
      }
      for (let from = 0; from < targets.length; from += CHUNK) {
        await this.write(tx, caller, targets.slice(from, from + CHUNK), decided, announce);
      }
      // Who decided what of which recommendation stands in the decisions themselves.
      await audit(tx, {
        caller,
        action: 'recommendation.bulk-edit',
        subject: 'recommendation',
        subjectId: '*',
        stateUnderReview: single(targets),
        details: { filter, fields: Object.keys(decided), edited: targets.length },
      });
      return targets.length;
    });
  }

  private async write(
    tx: Transaction,
    caller: CallerIdentity,
    targets: Target[],
    decided: Decided,
    announce: boolean,
  ): Promise<void> {
    const at = this.clock.now();
    const ids = targets.map((target) => target.id);
    const lifted = Object.keys(decided).filter((field) => decided[field as HeldField] === null);
    const kept = Object.entries(decided).filter(([, value]) => value !== null && value !== undefined);
    await tx.query('delete from decision where recommendation_id = any($1) and field = any($2)', [
      ids,
      lifted,
    ]);
    await tx.query(
      `insert into decision (recommendation_id, field, value, decided_by, decided_at)
       select id, d.field, d.value, $3, $4 from unnest($1::uuid[]) id
       cross join jsonb_to_recordset($2::jsonb) as d (field text, value jsonb)
       on conflict (recommendation_id, field) do update
       set value = excluded.value, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
      [ids, JSON.stringify(kept.map(([field, value]) => ({ field, value }))), caller.id, at],
    );
    await holdRecommendations(
      tx,
      targets.map((target) => target.naturalKey),
      { importId: '', announce, withdrawal: 'by-person', at },
    );
  }
}

function single(targets: Target[]): string | null {
  const states = new Set(targets.map((target) => target.stateUnderReview));
  return states.size === 1 ? [...states][0] || null : null;
}
