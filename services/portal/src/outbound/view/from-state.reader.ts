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
/** Beyond it the list says nothing that the filter by State does not say better. */
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
      `select ${RECOMMENDATION}, r.held from view.recommendation r
       where r.recommending_states @> array[$1] and r.changed_at >= $2
       order by r.changed_at desc, r.document_order, r.no limit ${MOST_CHANGES}`,
      [code, since],
    );
    const events = await this.database.query<ChangeRow>(
      `select recommendation_id as id, at, kind, fields, previous_position as "previousPosition" from view.change
       where recommendation_id = any($1) and at >= $2 order by generation, version`,
      [rows.map(({ id }) => id), since],
    );
    const byId = groupById(events);
    return rows.flatMap(({ held, ...recommendation }) => {
      const since = byId.get(recommendation.id);
      return since
        ? [{ recommendation: recommendation as RecommendationView, ...together(since, held) }]
        : [];
    });
  }
}

interface ChangeRow {
  id: string;
  at: Date;
  kind: Changed['what'];
  fields: string[];
  previousPosition: string;
}

function groupById(rows: readonly ChangeRow[]): Map<string, ChangeRow[]> {
  const groups = new Map<string, ChangeRow[]>();
  for (const row of rows) groups.set(row.id, [...(groups.get(row.id) ?? []), row]);
  return groups;
}

/** @param rows of one recommendation, oldest first */
function together(rows: readonly ChangeRow[], held: boolean): Omit<Changed, 'recommendation'> {
  const isNew = rows.some(({ kind }) => kind === 'recorded');
  return {
    at: rows.at(-1)!.at,
    what: held ? (isNew ? 'recorded' : 'revised') : 'withdrawn',
    fields: [...new Set(rows.flatMap(({ fields }) => fields))].sort(),
    previousPosition: rows.find(({ fields }) => fields.includes('position'))?.previousPosition ?? '',
  };
}
