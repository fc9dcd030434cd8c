import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';

/** What is public of a recommendation. */
export interface RecommendationView {
  id: string;
  kind: string;
  mechanism: string;
  stateUnderReview: string;
  cycle: number;
  session: number;
  symbol: string;
  paragraph: string;
  text: string;
  language: string;
  recommendingStates: string[];
  position: string;
  actionCategory: number;
  themes: string[];
  groups: string[];
  sdgs: string[];
  reviewDate: string;
  demo: boolean;
  sources: string[];
  recordedAt: Date;
  changedAt: Date;
}

export interface ChangeView {
  at: Date;
  what: 'recorded' | 'revised' | 'withdrawn';
  fields: string[];
  previousPosition: string;
}

/** Columns of a row `r` as a {@link RecommendationView}. */
export const RECOMMENDATION = `r.id, r.kind, r.mechanism, r.state_under_review as "stateUnderReview", r.cycle, r.session,
  r.symbol, r.paragraph, r.text, r.language, r.recommending_states as "recommendingStates", r.position,
  r.action_category as "actionCategory", r.themes, r.groups, r.sdgs, r.review_date as "reviewDate", r.demo,
  r.sources, r.recorded_at as "recordedAt", r.changed_at as "changedAt"`;

@Injectable()
export class RecommendationReader {
  constructor(private readonly database: Database) {}

  /** The rows with these numbers, in their order; one that has gone meanwhile is left out. */
  async byNumbers(numbers: readonly number[]): Promise<RecommendationView[]> {
    if (numbers.length === 0) return [];
    const rows = await this.database.query(
      `select r.no, ${RECOMMENDATION} from view.recommendation r where r.no = any($1) and r.held`,
      [numbers],
    );
    const byNumber = new Map(rows.map(({ no, ...view }) => [no, view as RecommendationView]));
    return numbers.flatMap((no) => byNumber.get(no) ?? []);
  }

  /** One recommendation with what happened to it, newest first; one that was withdrawn is still told. */
  async byId(
    id: string,
  ): Promise<
    | (RecommendationView & { withdrawn: boolean; withdrawnReason: string | null; changes: ChangeView[] })
    | null
  > {
    const [row] = await this.database.query(
      `select ${RECOMMENDATION}, not r.held as withdrawn, r.withdrawn_reason as "withdrawnReason"
       from view.recommendation r where r.id = $1 and (r.held or r.kind <> '')`,
      [id],
    );
    if (!row) return null;
    const changes = await this.database.query<ChangeView>(
      `select at, kind as what, fields, previous_position as "previousPosition" from view.change
       where recommendation_id = $1 order by generation desc, version desc`,
      [id],
    );
    return { ...row, changes };
  }
}
