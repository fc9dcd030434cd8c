import { searchText } from '@followthrough/contracts';
import { Database, type Transaction } from '@followthrough/database';
import { tableCopy, type ReceivedEvent } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';

type Held = ReceivedEvent<
  'recommendations.v1.RecommendationRecorded' | 'recommendations.v1.RecommendationRevised'
>;
type Withdrawn = ReceivedEvent<'recommendations.v1.RecommendationWithdrawn'>;

const FIELDS = {
  generation: 'int',
  version: 'int',
  state_under_review: 'text',
  symbol: 'text',
  paragraph: 'text',
  text: 'text',
  position: 'text',
  kind: 'text',
  mechanism: 'text',
  cycle: 'int',
  session: 'int',
  language: 'text',
  recommending_states: 'text[]',
  action_category: 'int',
  themes: 'text[]',
  groups: 'text[]',
  sdgs: 'text[]',
  search_text: 'text',
} as const;
const names = Object.keys(FIELDS);

const KEEP = `
  insert into recommendation_copy as held (recommendation_id, ${names.join(', ')})
  select distinct on (recommendation_id) *
  from json_to_recordset($1) as row (recommendation_id uuid,
    ${Object.entries(FIELDS)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})
  order by recommendation_id, generation desc, version desc
  on conflict (recommendation_id) do update set
    ${names.map((name) => `${name} = excluded.${name}`).join(', ')}, withdrawn = false
  where (excluded.generation, excluded.version) >= (held.generation, held.version)`;

export const recommendationCopy = tableCopy('recommendations.v1', 'recommendation_copy', 'recommendation_id');

/** What consultations need to know of each recommendation; an older event never overwrites a newer one. */
@Injectable()
export class RecommendationCopies {
  constructor(private readonly database: Database) {}

  async keep(tx: Transaction, batch: Held[]): Promise<void> {
    const rows = batch.map(({ data, generation, version }) => {
      const held = data.recommendation!;
      return {
        recommendation_id: held.recommendationId,
        generation,
        version,
        state_under_review: held.stateUnderReview || null,
        symbol: held.symbol,
        paragraph: held.paragraph,
        text: held.text,
        position: held.position,
        kind: held.kind,
        mechanism: held.mechanism,
        cycle: held.cycle,
        session: held.session,
        language: held.language,
        recommending_states: held.recommendingStates,
        action_category: held.actionCategory,
        themes: held.themes,
        groups: held.groups,
        sdgs: held.sdgs,
        search_text: searchText(held),
      };
    });
    await tx.query(KEEP, [JSON.stringify(rows)]);
  }

  /** A withdrawal that arrives for an unknown recommendation leaves a stub, so that nothing older revives it. */
  async withdraw(tx: Transaction, batch: Withdrawn[]): Promise<void> {
    for (const { data, generation, version, stateUnderReview } of batch) {
      await tx.query(
        `insert into recommendation_copy as held
           (recommendation_id, generation, version, state_under_review, symbol, paragraph, text, position, withdrawn)
         values ($1, $2, $3, $4, '', '', '', '', true)
         on conflict (recommendation_id) do update set
           generation = excluded.generation, version = excluded.version, withdrawn = true
         where (excluded.generation, excluded.version) >= (held.generation, held.version)`,
        [data.recommendationId, generation, version, stateUnderReview],
      );
    }
  }

  /** Counts by position of the State, withdrawn ones left out. */
  async summary(): Promise<{ recommendations: number; byPosition: Record<string, number> }> {
    const rows = await this.database.query<{ position: string; count: number }>(
      `select position, count(*)::int as count from recommendation_copy where not withdrawn group by position`,
    );
    return {
      recommendations: rows.reduce((sum, row) => sum + row.count, 0),
      byPosition: Object.fromEntries(rows.map((row) => [row.position, row.count])),
    };
  }
}
