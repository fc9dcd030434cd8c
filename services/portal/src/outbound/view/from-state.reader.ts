import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { RECOMMENDATION, type RecommendationView } from './recommendation.reader';

/** Counts by position; positions that do not occur are left out. */
export type Positions = Record<string, number>;

export interface Asked {
  total: number;
  positions: Positions;
}

export interface Changed {
  recommendation: RecommendationView;
  /** When it last changed since the date. */
  at: Date;
  what: 'recorded' | 'revised' | 'withdrawn';
  /** Fields that changed since the date, together. */
  fields: string[];
  /** Position before the first change since the date, empty where it did not change. */
  previousPosition: string;
}

const PAGE = 1000;
const MOST_CHANGES = 500;

/** What one State asked of the others, and what became of it. */
@Injectable()
export class FromStateReader {
  constructor(private readonly database: Database) {}

  async counts(
    code: string,
  ): Promise<{ by: 'state' | 'cycle'; key: string; position: string; count: number }[]> {
    return this.database.query(
      `select case when grouping(state_under_review) = 0 then 'state' else 'cycle' end as by,
              coalesce(state_under_review, cycle::text) as key, position, count(*)::int as count
       from view.recommendation where held and recommending_states @> array[$1]
       group by grouping sets ((state_under_review, position), (cycle, position))
       order by 1, 2, 3`,
      [code],
    );
  }

  page(code: string, first: number, size: number): Promise<RecommendationView[]> {
    return this.database.query(
      `select ${RECOMMENDATION} from view.recommendation r where held and recommending_states @> array[$1]
       order by document_order, no offset $2 limit $3`,
      [code, first, size],
    );
  }

  /** All of them, in order, without holding more than a part in memory. */
  async *all(code: string): AsyncGenerator<RecommendationView> {
    for (let first = 0; ; first += PAGE) {
      const rows = await this.page(code, first, PAGE);
      yield* rows;
      if (rows.length < PAGE) return;
    }
  }

  /** What happened since an instant, newest first; several changes of one recommendation are told together. */
  async changes(code: string, since: Date): Promise<Changed[]> {
    const rows = await this.database.query(
      `select ${RECOMMENDATION}, c.at, c.what, c.fields, c."previousPosition"
       from view.recommendation r
       join lateral (
         select max(at) as at,
                case when (array_agg(kind order by generation desc, version desc))[1] = 'withdrawn' then 'withdrawn'
                     when bool_or(kind = 'recorded') then 'recorded' else 'revised' end as what,
                coalesce(array_agg(distinct field order by field) filter (where field is not null), '{}') as fields,
                coalesce((array_agg(previous_position order by generation, version)
                          filter (where 'position' = any(change.fields)))[1], '') as "previousPosition"
         from view.change left join lateral unnest(fields) as field on true
         where recommendation_id = r.id and at >= $2
       ) c on c.at is not null
       where r.recommending_states @> array[$1] and r.changed_at >= $2
       order by c.at desc, r.document_order, r.no limit ${MOST_CHANGES}`,
      [code, since],
    );
    return rows.map(({ at, what, fields, previousPosition, ...recommendation }) => ({
      recommendation: recommendation as RecommendationView,
      at,
      what,
      fields,
      previousPosition,
    }));
  }
}
