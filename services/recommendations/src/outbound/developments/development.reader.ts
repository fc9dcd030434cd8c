import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import type { CallerIdentity } from '@followthrough/service-kit';
import type { DevelopmentState } from '../../domain/developments/development';
import { isOwn, ownReach } from '../own-reach';
import { developmentSelection, type DevelopmentRow } from './development-rows';

const PAGE_ROWS = 50;

/** What a list of developments is narrowed to. */
export interface DevelopmentFilter {
  recommendationId?: string;
  stateUnderReview?: string;
  state?: DevelopmentState;
}

@Injectable()
export class DevelopmentReader {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<DevelopmentRow | null> {
    const [row] = await this.database.query<DevelopmentRow>(
      `select ${developmentSelection} from development d where d.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Those that the caller may see, what happened last first. */
  async list(caller: CallerIdentity | null, filter: DevelopmentFilter, page: number) {
    const reviewed = caller?.statesFor('developments.review') ?? [];
    const params = [
      filter.recommendationId ?? null,
      filter.stateUnderReview ?? null,
      filter.state ?? null,
      ownReach(caller, 'developments.write'),
      reviewed === '*',
      reviewed === '*' ? [] : reviewed,
    ];
    const [counted] = await this.database.query<{ total: number }>(
      `select count(*)::int as total from development d where ${VISIBLE}`,
      params,
    );
    const rows = await this.database.query<DevelopmentRow>(
      `select ${developmentSelection} from development d where ${VISIBLE}
       order by d.happened_on desc, d.id desc limit ${PAGE_ROWS} offset ${(page - 1) * PAGE_ROWS}`,
      params,
    );
    const total = counted?.total ?? 0;
    return { total, page, pages: Math.max(1, Math.ceil(total / PAGE_ROWS)), rows };
  }
}

/** As `seesDevelopment` in the domain decides for one; what was withdrawn is in no list but its organisation's. */
const VISIBLE = `
  ($1::uuid is null or exists (select from development_recommendation r
                               where r.development_id = d.id and r.recommendation_id = $1))
  and ($2::text is null or d.state_under_review = $2)
  and ($3::text is null or d.state = $3)
  and (d.state = 'published' or ${isOwn('d', '$4')}
       or (d.state = 'in-review' and ($5 or d.state_under_review = any($6))))`;
