import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { RecommendationFilter, SqlCondition } from '@followthrough/contracts';
import { recommendationSelection, type RecommendationRow } from './recommendation-rows';
import { recommendationView, type RecommendationView } from './recommendation-view';
import {
  asksInternal,
  internalReach,
  recommendationWhere,
  type InternalFilter,
} from './recommendation-where';

export const PAGE_ROWS = 50;
const EXPORT_ROWS = 1000;

export type Sort = 'paragraph' | 'newest';

/** 140.2 stands before 140.10, and what has no number after what has one. */
const ordering: Record<Sort, string> = {
  paragraph: `r.state_under_review, r.cycle desc, r.symbol, r.paragraph = '',
    array_remove(string_to_array(regexp_replace(r.paragraph, '[^0-9]+', '.', 'g'), '.'), '')::numeric[], r.paragraph, r.id`,
  newest: 'r.revised_at desc, r.id desc',
};

/** What people look up about recommendations: public fields for all, internal ones for those who may. */
@Injectable()
export class RecommendationReader {
  constructor(private readonly database: Database) {}

  async list(
    caller: CallerIdentity | null,
    filter: RecommendationFilter & InternalFilter,
    page: number,
    sort: Sort,
  ): Promise<{ total: number; page: number; pages: number; recommendations: RecommendationView[] }> {
    const where = this.allowed(caller, filter);
    const [counted] = await this.database.query(
      `select count(*)::int as total from recommendation r where ${where.sql}`,
      where.params,
    );
    const rows = await this.database.query<RecommendationRow>(
      `select ${recommendationSelection} from recommendation r where ${where.sql}
       order by ${ordering[sort]} limit ${PAGE_ROWS} offset ${(page - 1) * PAGE_ROWS}`,
      where.params,
    );
    return {
      total: counted.total,
      page,
      pages: Math.max(1, Math.ceil(counted.total / PAGE_ROWS)),
      recommendations: rows.map((row) => recommendationView(row, caller)),
    };
  }

  /** Withdrawn ones too, marked as such: what others linked to must not vanish. */
  async find(id: string): Promise<RecommendationRow | null> {
    const [row] = await this.database.query<RecommendationRow>(
      `select ${recommendationSelection} from recommendation r where r.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Those at one place of one document; several where it is addressed to more than one State. */
  async lookup(symbol: string, paragraph: string): Promise<RecommendationRow[]> {
    return this.database.query<RecommendationRow>(
      `select ${recommendationSelection} from recommendation r
       where r.symbol = $1 and r.paragraph = $2 and r.symbol <> '' and r.withdrawn_at is null order by r.id`,
      [symbol, paragraph],
    );
  }

  /**
   * All that match, in the order of their ids, a thousand at a time.
   * @throws Problem at once, and not with the first row, where the caller may not ask so
   */
  all(
    caller: CallerIdentity | null,
    filter: RecommendationFilter & InternalFilter,
  ): AsyncGenerator<RecommendationRow> {
    return this.pages(this.allowed(caller, filter));
  }

  private async *pages(where: SqlCondition): AsyncGenerator<RecommendationRow> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await this.database.query<RecommendationRow>(
        `select ${recommendationSelection} from recommendation r
         where ${where.sql} and r.id > $${where.params.length + 1} order by r.id limit ${EXPORT_ROWS}`,
        [...where.params, after],
      );
      yield* rows;
      if (rows.length < EXPORT_ROWS) return;
      after = rows.at(-1)!.id;
    }
  }

  /** A filter on internal fields finds nothing, and counts nothing, in States whose internal fields are not shown. */
  private allowed(
    caller: CallerIdentity | null,
    filter: RecommendationFilter & InternalFilter,
  ): SqlCondition {
    const where = recommendationWhere(filter);
    if (!asksInternal(filter)) return where;
    const states = caller?.statesFor('recommendations.internal.read') ?? [];
    if (states !== '*' && states.length === 0) {
      throw new Problem(
        'forbidden',
        'internal-filter',
        'Lead institution and status are internal: sign in as one who may see them.',
      );
    }
    const reach = internalReach(states, where.params.length + 1);
    return { sql: `${where.sql} and ${reach.sql}`, params: [...where.params, ...reach.params] };
  }
}
