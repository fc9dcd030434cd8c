import { Injectable } from '@nestjs/common';
import type { Reader } from './reader';
import { recommendationWhere } from './recommendation-where';
import type { RoundRow } from './round-rows';

/** Whom opening a round would ask about what. */
@Injectable()
export class RoundPreview {
  /** Every recommendation that the round's filter finds now, with its lead institution. */
  async leads(
    reader: Reader,
    round: Pick<RoundRow, 'stateUnderReview' | 'filter'>,
  ): Promise<{ recommendationId: string; institutionId: string | null }[]> {
    const { sql, params } = recommendationWhere(round.stateUnderReview, round.filter);
    return (await reader.query(
      `select r.recommendation_id as "recommendationId", l.institution_id as "institutionId"
       from recommendation_copy r left join lead_assignment l using (recommendation_id)
       where ${sql} order by r.recommendation_id`,
      params,
    )) as { recommendationId: string; institutionId: string | null }[];
  }

  async counts(reader: Reader, round: Pick<RoundRow, 'stateUnderReview' | 'filter'>) {
    const { sql, params } = recommendationWhere(round.stateUnderReview, round.filter);
    const rows = (await reader.query(
      `select i.id, i.name, i.contact_sealed is not null as "hasContact", count(*)::int as recommendations
       from recommendation_copy r left join lead_assignment l using (recommendation_id)
       left join institution i on i.id = l.institution_id
       where ${sql} group by i.id order by lower(i.name)`,
      params,
    )) as { id: string | null; name: string | null; hasContact: boolean; recommendations: number }[];
    return {
      recommendations: rows.reduce((sum, row) => sum + row.recommendations, 0),
      withoutLead: rows.find(({ id }) => id === null)?.recommendations ?? 0,
      institutions: rows.filter(({ id }) => id !== null),
    };
  }
}
