import type { RecommendationFilter } from '@followthrough/contracts';
import { Database } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Institutions } from '../outbound/institutions';
import { recommendationWhere } from '../outbound/recommendation-where';
import { missing, notYourState } from './refusal';

/** Says which institution leads on a recommendation, for all that a filter finds or for the rows of a file. */
@Injectable()
export class AssignLeads {
  constructor(
    private readonly database: Database,
    private readonly institutions: Institutions,
    private readonly clock: Clock,
  ) {}

  /**
   * @param institutionId null takes the lead away
   * @param expected how many the caller saw; where the filter finds another number nothing is changed
   * @returns how many were assigned
   */
  async byFilter(
    caller: CallerIdentity,
    wanted: {
      stateUnderReview: string;
      filter: RecommendationFilter;
      institutionId: string | null;
      expected: number;
    },
  ): Promise<number> {
    const { stateUnderReview, filter, institutionId, expected } = wanted;
    if (!caller.can('rounds.write', stateUnderReview)) throw notYourState();
    return this.database.transaction(async (tx) => {
      const institution = institutionId && (await this.institutions.find(tx, institutionId));
      if (institutionId && (!institution || institution.stateUnderReview !== stateUnderReview))
        throw missing('institution');
      const where = recommendationWhere(stateUnderReview, filter);
      const found = await tx.query<{ id: string }[]>(
        `select r.recommendation_id as id from recommendation_copy r where ${where.sql}
         order by r.recommendation_id for share`,
        where.params,
      );
      if (found.length !== expected) {
        throw new Problem(
          'conflict',
          'count-changed',
          `The filter now finds ${found.length} recommendations, not ${expected}: look again, then assign.`,
          { found: found.length },
        );
      }
      const ids = found.map(({ id }) => id);
      if (institutionId === null) {
        await tx.query('delete from lead_assignment where recommendation_id = any($1)', [ids]);
      } else {
        await this.write(
          tx,
          ids.map((recommendationId) => ({ recommendationId, institutionId })),
        );
      }
      await audit(tx, {
        caller,
        action: 'lead.assign',
        subject: 'institution',
        subjectId: institutionId ?? '*',
        stateUnderReview,
        details: { filter, assigned: ids.length },
      });
      return ids.length;
    });
  }

  /** Rows that were read from a file and understood. */
  async byRows(
    caller: CallerIdentity,
    stateUnderReview: string,
    rows: { recommendationId: string; institutionId: string }[],
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.write(tx, rows);
      await audit(tx, {
        caller,
        action: 'lead.assign-from-file',
        subject: 'institution',
        subjectId: '*',
        stateUnderReview,
        details: { assigned: rows.length },
      });
    });
  }

  private async write(
    tx: { query(sql: string, params: unknown[]): Promise<unknown> },
    rows: { recommendationId: string; institutionId: string }[],
  ): Promise<void> {
    await tx.query(
      `insert into lead_assignment (recommendation_id, institution_id, assigned_at)
       select r, i, $3 from unnest($1::uuid[], $2::uuid[]) as row (r, i) order by r
       on conflict (recommendation_id) do update
       set institution_id = excluded.institution_id, assigned_at = excluded.assigned_at`,
      [
        rows.map(({ recommendationId }) => recommendationId),
        rows.map(({ institutionId }) => institutionId),
        this.clock.now(),
      ],
    );
  }
}
