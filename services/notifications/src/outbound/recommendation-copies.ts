import {
  filterToSql,
  searchText,
  type RecommendationFilter,
  type RecommendationState,
} from '@followthrough/contracts';
import { Database, type Transaction } from '@followthrough/database';
import { tableCopy, type AggregateVersion } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';
import type { Reader } from './reader';

/** What is kept of a recommendation: its public state and its place in time. */
export interface RecommendationCopy extends AggregateVersion {
  state: RecommendationState;
  withdrawn: boolean;
  importId: string;
  announcedAt: Date | null;
}

const COLUMNS: [column: string, type: string, field: keyof RecommendationState][] = [
  ['kind', 'text', 'kind'],
  ['mechanism', 'text', 'mechanism'],
  ['state_under_review', 'text', 'stateUnderReview'],
  ['cycle', 'integer', 'cycle'],
  ['session', 'integer', 'session'],
  ['symbol', 'text', 'symbol'],
  ['paragraph', 'text', 'paragraph'],
  ['text', 'text', 'text'],
  ['language', 'text', 'language'],
  ['recommending_states', 'text[]', 'recommendingStates'],
  ['position', 'text', 'position'],
  ['action_category', 'integer', 'actionCategory'],
  ['themes', 'text[]', 'themes'],
  ['groups', 'text[]', 'groups'],
  ['sdgs', 'text[]', 'sdgs'],
  ['review_date', 'text', 'reviewDate'],
  ['demo', 'boolean', 'demo'],
];
const OWN: [column: string, type: string][] = [
  ['id', 'uuid'],
  ['generation', 'integer'],
  ['version', 'bigint'],
  ['search_text', 'text'],
  ['withdrawn', 'boolean'],
  ['import_id', 'text'],
  ['announced_at', 'timestamptz'],
];
const ALL = [...OWN, ...COLUMNS.map(([column, type]) => [column, type] as const)];
const NAMES = ALL.map(([column]) => column).join(', ');

const KEEP = `
  insert into recommendation_copy as held (${NAMES})
  select ${NAMES} from json_to_recordset($1) as row (${ALL.map(([column, type]) => `${column} ${type}`).join(', ')})
  on conflict (id) do update set ${ALL.filter(([column]) => column !== 'id')
    .map(([column]) => `${column} = excluded.${column}`)
    .join(', ')}
  where (excluded.generation, excluded.version) >= (held.generation, held.version)`;

/** What the owner no longer holds is followed by nobody; it is no news either. */
export const recommendationCopy = tableCopy('recommendations.v1', 'recommendation_copy', 'id');

/** The service's own copy of recommendations; an older event never overwrites a newer one. */
@Injectable()
export class RecommendationCopies {
  constructor(private readonly database: Database) {}

  async held(reader: Reader, ids: string[]): Promise<Map<string, RecommendationCopy>> {
    const rows = (await reader.query(`select ${NAMES} from recommendation_copy where id = any($1::uuid[])`, [
      ids,
    ])) as Record<string, unknown>[];
    return new Map(rows.map((row) => [row['id'] as string, copyOf(row)]));
  }

  async keep(tx: Transaction, copies: Iterable<RecommendationCopy>): Promise<void> {
    const rows = [...copies].map((copy) => ({
      id: copy.state.recommendationId,
      generation: copy.generation,
      version: copy.version,
      search_text: searchText(copy.state),
      withdrawn: copy.withdrawn,
      import_id: copy.importId,
      announced_at: copy.announcedAt,
      ...Object.fromEntries(COLUMNS.map(([column, , field]) => [column, copy.state[field]])),
    }));
    if (rows.length > 0) await tx.query(KEEP, [JSON.stringify(rows)]);
  }

  /** How many recommendations held now a filter asks for, how many a week were news, and some of them. */
  async preview(filter: RecommendationFilter, since: Date, weeks: number): Promise<Preview> {
    const { sql, params } = filterToSql(filter, undefined, 2);
    const [counts] = await this.database.query<{ matching: number; news: number }>(
      `select count(*)::int as matching, count(*) filter (where announced_at >= $1)::int as news
       from recommendation_copy where not withdrawn and ${sql}`,
      [since, ...params],
    );
    const examples = await this.database.query<Record<string, unknown>>(
      `select ${NAMES} from recommendation_copy where not withdrawn and $1::timestamptz is not null and ${sql}
       order by announced_at desc nulls last, review_date desc, id limit 5`,
      [since, ...params],
    );
    return {
      matching: counts?.matching ?? 0,
      perWeek: Math.round(((counts?.news ?? 0) / weeks) * 10) / 10,
      examples: examples.map((row) => copyOf(row).state),
    };
  }

  /** Demonstration recommendations that a filter asks for. */
  async demo(tx: Transaction, filter: RecommendationFilter): Promise<RecommendationCopy[]> {
    const { sql, params } = filterToSql(filter);
    const rows = await tx.query<Record<string, unknown>[]>(
      `select ${NAMES} from recommendation_copy where demo and not withdrawn and ${sql} order by id limit 1000`,
      params,
    );
    return rows.map(copyOf);
  }

  async removeDemo(tx: Transaction): Promise<void> {
    await tx.query('delete from recommendation_copy where demo');
  }
}

export interface Preview {
  matching: number;
  perWeek: number;
  examples: RecommendationState[];
}

function copyOf(row: Record<string, unknown>): RecommendationCopy {
  const fields = Object.fromEntries(COLUMNS.map(([column, , field]) => [field, row[column]]));
  return {
    state: { ...fields, recommendationId: row['id'], sources: [] } as unknown as RecommendationState,
    generation: row['generation'] as number,
    version: Number(row['version']),
    withdrawn: row['withdrawn'] as boolean,
    importId: row['import_id'] as string,
    announcedAt: row['announced_at'] as Date | null,
  };
}
