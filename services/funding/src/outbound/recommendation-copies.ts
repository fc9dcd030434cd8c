import { Database, type Transaction } from '@followthrough/database';
import { tableCopy, type ReceivedEvent } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';

type Held = ReceivedEvent<
  'recommendations.v1.RecommendationRecorded' | 'recommendations.v1.RecommendationRevised'
>;
type Withdrawn = ReceivedEvent<'recommendations.v1.RecommendationWithdrawn'>;

export const recommendationCopy = tableCopy('recommendations.v1', 'recommendation_copy', 'recommendation_id');

/** What money is matched with in each recommendation; an older event never overwrites a newer one. */
@Injectable()
export class RecommendationCopies {
  constructor(private readonly database: Database) {}

  async keep(tx: Transaction, batch: Held[]): Promise<void> {
    const rows = batch.map(({ data, generation, version }) => ({
      recommendation_id: data.recommendation!.recommendationId,
      generation,
      version,
      state_under_review: data.recommendation!.stateUnderReview || null,
      text: data.recommendation!.text,
      themes: data.recommendation!.themes,
      sdgs: data.recommendation!.sdgs,
    }));
    await tx.query(
      `insert into recommendation_copy as held
         (recommendation_id, generation, version, state_under_review, text, themes, sdgs)
       select distinct on (recommendation_id) *
       from json_to_recordset($1) as row (recommendation_id uuid, generation int, version int,
            state_under_review text, text text, themes text[], sdgs text[])
       order by recommendation_id, generation desc, version desc
       on conflict (recommendation_id) do update set
         generation = excluded.generation, version = excluded.version,
         state_under_review = excluded.state_under_review, text = excluded.text, themes = excluded.themes,
         sdgs = excluded.sdgs, withdrawn = false
       where (excluded.generation, excluded.version) >= (held.generation, held.version)`,
      [JSON.stringify(rows)],
    );
  }

  /** A withdrawal that arrives for an unknown recommendation leaves a stub, so that nothing older revives it. */
  async withdraw(tx: Transaction, batch: Withdrawn[]): Promise<void> {
    for (const { data, generation, version, stateUnderReview } of batch) {
      await tx.query(
        `insert into recommendation_copy as held
           (recommendation_id, generation, version, state_under_review, text, themes, sdgs, withdrawn)
         values ($1, $2, $3, $4, '', '{}', '{}', true)
         on conflict (recommendation_id) do update set
           generation = excluded.generation, version = excluded.version, withdrawn = true
         where (excluded.generation, excluded.version) >= (held.generation, held.version)`,
        [data.recommendationId, generation, version, stateUnderReview],
      );
    }
  }

  /** Counts by goal of the 2030 Agenda (a target counts for its goal), withdrawn ones left out. */
  async summary(): Promise<{ recommendations: number; byGoal: Record<string, number> }> {
    const [total] = await this.database.query<{ count: number }>(
      `select count(*)::int as count from recommendation_copy where not withdrawn`,
    );
    const rows = await this.database.query<{ goal: string; count: number }>(
      `select split_part(sdg, '.', 1) as goal, count(distinct recommendation_id)::int as count
       from recommendation_copy, unnest(sdgs) as sdg where not withdrawn group by 1`,
    );
    return {
      recommendations: total?.count ?? 0,
      byGoal: Object.fromEntries(rows.map((row) => [row.goal, row.count])),
    };
  }
}
