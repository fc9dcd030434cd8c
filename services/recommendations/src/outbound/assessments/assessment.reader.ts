import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import type { CallerIdentity } from '@followthrough/service-kit';
import { isOwn, ownReach } from '../own-reach';
import {
  answersTo,
  assessmentSelection,
  editionsOf,
  type AnswerRow,
  type AssessmentRow,
  type EditionRow,
} from './assessment-rows';

const PAGE_ROWS = 50;

/** What a list of assessments is narrowed to. */
export interface AssessmentFilter {
  recommendationId?: string;
  stateUnderReview?: string;
}

/** An assessment with all that was ever public of it. */
export interface WholeAssessment {
  row: AssessmentRow;
  editions: EditionRow[];
  answers: AnswerRow[];
}

@Injectable()
export class AssessmentReader {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<WholeAssessment | null> {
    const rows = await this.database.query<AssessmentRow>(
      `select ${assessmentSelection} from assessment a where a.id = $1`,
      [id],
    );
    return (await this.whole(rows))[0] ?? null;
  }

  /** Those that are public, and those of the caller's organisation that may come to be; the newest first. */
  async list(caller: CallerIdentity | null, filter: AssessmentFilter, page: number) {
    const params = [
      filter.recommendationId ?? null,
      filter.stateUnderReview ?? null,
      ownReach(caller, 'assessments.write'),
    ];
    const [counted] = await this.database.query<{ total: number }>(
      `select count(*)::int as total from assessment a where ${VISIBLE}`,
      params,
    );
    const rows = await this.database.query<AssessmentRow>(
      `select ${assessmentSelection} from assessment a where ${VISIBLE}
       order by a.written_at desc, a.id desc limit ${PAGE_ROWS} offset ${(page - 1) * PAGE_ROWS}`,
      params,
    );
    const total = counted?.total ?? 0;
    return {
      total,
      page,
      pages: Math.max(1, Math.ceil(total / PAGE_ROWS)),
      assessments: await this.whole(rows),
    };
  }

  private async whole(rows: AssessmentRow[]): Promise<WholeAssessment[]> {
    const ids = rows.map(({ id }) => id);
    const editions = await editionsOf(this.database, ids);
    const answers = await answersTo(this.database, ids);
    return rows.map((row) => ({
      row,
      editions: editions.get(row.id) ?? [],
      answers: answers.get(row.id) ?? [],
    }));
  }
}

const VISIBLE = `
  ($1::uuid is null or a.recommendation_id = $1)
  and ($2::text is null or a.state_under_review = $2)
  and (a.state = 'published' or (a.state = 'draft' and ${isOwn('a', '$3')}))`;
