import { afterCommit, type Transaction } from '@followthrough/database';
import type { RecommendationState } from '@followthrough/contracts';
import type { ReceivedEvent } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';
import { paragraphKey } from '../../domain/reading/paragraph-order';
import { searchable, searchConfiguration } from '../../domain/reading/search-terms';
import { RecommendationIndex } from './recommendation-index';

export type Stated = ReceivedEvent<
  'recommendations.v1.RecommendationRecorded' | 'recommendations.v1.RecommendationRevised'
>;
export type Withdrawn = ReceivedEvent<'recommendations.v1.RecommendationWithdrawn'>;

// An event of the same version is let through: a snapshot tells the present state again.
const KEEP = `
  insert into view.recommendation as held (
    id, generation, version, held, kind, mechanism, state_under_review, cycle, session, symbol, paragraph, text,
    language, recommending_states, position, action_category, themes, groups, sdgs, review_date, demo, sources,
    document_order, recorded_at, changed_at, withdrawn_reason, search_configuration, search)
  select e.id, e.generation, e.version, true, e.kind, e.mechanism, e.state_under_review, e.cycle, e.session,
    e.symbol, e.paragraph, e.text, e.language, e.recommending_states, e.position, e.action_category, e.themes,
    e.groups, e.sdgs, e.review_date, e.demo, e.sources, e.document_order, e.at, e.at, null, e.search_configuration,
    setweight(to_tsvector(e.search_configuration::regconfig, e.search_text), 'A')
      || setweight(to_tsvector('simple', e.search_place), 'B')
      || setweight(array_to_tsvector(e.search_states), 'C')
  from jsonb_to_recordset($1::jsonb) as e (
    id uuid, generation integer, version bigint, kind text, mechanism text, state_under_review text, cycle integer,
    session integer, symbol text, paragraph text, text text, language text, recommending_states text[],
    position text, action_category integer, themes text[], groups text[], sdgs text[], review_date text,
    demo boolean, sources text[], document_order text, at timestamptz, search_configuration text,
    search_text text, search_place text, search_states text[])
  on conflict (id) do update set
    generation = excluded.generation, version = excluded.version, held = true, kind = excluded.kind,
    mechanism = excluded.mechanism, state_under_review = excluded.state_under_review, cycle = excluded.cycle,
    session = excluded.session, symbol = excluded.symbol, paragraph = excluded.paragraph, text = excluded.text,
    language = excluded.language, recommending_states = excluded.recommending_states,
    position = excluded.position, action_category = excluded.action_category, themes = excluded.themes,
    groups = excluded.groups, sdgs = excluded.sdgs, review_date = excluded.review_date, demo = excluded.demo,
    sources = excluded.sources, document_order = excluded.document_order,
    changed_at = case when held.version = excluded.version then held.changed_at else excluded.changed_at end,
    withdrawn_reason = null, search_configuration = excluded.search_configuration, search = excluded.search,
    written_in = pg_current_xact_id()
  where (held.generation, held.version) <= (excluded.generation, excluded.version)`;

// One that was never seen leaves an empty row, so that nothing older brings it to life.
const WITHDRAW = `
  insert into view.recommendation as held (
    id, generation, version, held, kind, mechanism, state_under_review, cycle, session, symbol, paragraph, text,
    language, recommending_states, position, action_category, themes, groups, sdgs, review_date, demo, sources,
    document_order, recorded_at, changed_at, withdrawn_reason, search_configuration, search)
  select e.id, e.generation, e.version, false, '', '', '', 0, 0, '', '', '', '', '{}', '', 0, '{}', '{}', '{}', '',
    false, '{}', '', e.at, e.at, e.reason, 'simple', ''
  from jsonb_to_recordset($1::jsonb) as e (id uuid, generation integer, version bigint, at timestamptz, reason text)
  on conflict (id) do update set
    generation = excluded.generation, version = excluded.version, held = false, changed_at = excluded.changed_at,
    withdrawn_reason = excluded.withdrawn_reason, written_in = pg_current_xact_id()
  where (held.generation, held.version) <= (excluded.generation, excluded.version)`;

const CHANGES = `
  insert into view.change (recommendation_id, generation, version, at, kind, fields, previous_position, announced)
  select * from jsonb_to_recordset($1::jsonb) as e (
    recommendation_id uuid, generation integer, version bigint, at timestamptz, kind text, fields text[],
    previous_position text, announced boolean)
  on conflict do nothing`;

/** Writes the read model of recommendations; a batch is three statements, however long. */
@Injectable()
export class RecommendationRows {
  constructor(private readonly index: RecommendationIndex) {}

  async keep(tx: Transaction, batch: Stated[]): Promise<void> {
    await tx.query(KEEP, [JSON.stringify(newest(batch).map(rowOf))]);
    await this.noteChanges(tx, batch);
  }

  async withdraw(tx: Transaction, batch: Withdrawn[]): Promise<void> {
    const rows = newest(batch).map((event) => ({
      id: event.aggregateId,
      generation: event.generation,
      version: event.version,
      at: event.occurredAt,
      reason: event.data.reason,
    }));
    await tx.query(WITHDRAW, [JSON.stringify(rows)]);
    await this.noteChanges(tx, batch);
  }

  /** Of all that is held, in the order of their ids. */
  async ids(tx: Transaction, after: string | null, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      'select id from view.recommendation where held and ($1::uuid is null or id > $1) order by id limit $2',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** As after a withdrawal: links to it still say what it was. */
  async forget(tx: Transaction, ids: string[]): Promise<void> {
    await tx.query(
      `update view.recommendation
       set held = false, withdrawn_reason = 'source-changed', written_in = pg_current_xact_id()
       where id = any($1::uuid[]) and held`,
      [ids],
    );
    afterCommit(tx, () => this.index.ring());
  }

  private async noteChanges(tx: Transaction, batch: (Stated | Withdrawn)[]): Promise<void> {
    // A snapshot tells how things stand, not that anything happened.
    const changes = batch.filter((event) => !event.snapshot).map(changeOf);
    if (changes.length > 0) await tx.query(CHANGES, [JSON.stringify(changes)]);
    afterCommit(tx, () => this.index.ring());
  }
}

/** Of several events about one recommendation the last: one statement may not touch a row twice. */
function newest<T extends ReceivedEvent>(batch: T[]): T[] {
  const last = new Map<string, T>();
  for (const event of batch) {
    const before = last.get(event.aggregateId);
    const older = before && (before.generation - event.generation || before.version - event.version) > 0;
    if (!older) last.set(event.aggregateId, event);
  }
  return [...last.values()];
}

function rowOf(event: Stated) {
  const stated = event.data.recommendation as RecommendationState;
  const { stateUnderReview, symbol, paragraph, recommendingStates } = stated;
  return {
    id: event.aggregateId,
    generation: event.generation,
    version: event.version,
    at: event.occurredAt,
    kind: stated.kind,
    mechanism: stated.mechanism,
    state_under_review: stateUnderReview,
    cycle: stated.cycle,
    session: stated.session,
    symbol,
    paragraph,
    text: stated.text,
    language: stated.language,
    recommending_states: recommendingStates,
    position: stated.position,
    action_category: stated.actionCategory,
    themes: stated.themes,
    groups: stated.groups,
    sdgs: stated.sdgs,
    review_date: stated.reviewDate,
    demo: stated.demo,
    sources: stated.sources,
    document_order: [stateUnderReview, sessionKey(stated), symbol, paragraphKey(paragraph)].join('\u0001'),
    search_configuration: searchConfiguration(stated.language),
    search_text: searchable(stated.text),
    search_place: searchable(`${paragraph} ${symbol}`),
    search_states: [...new Set([stateUnderReview, ...recommendingStates])].filter(Boolean).map(stateLexeme),
  };
}

/** Later reviews of a State come first; what has no session comes last. */
function sessionKey({ session }: { session: number }): string {
  return String(999_999 - session).padStart(6, '0');
}

/** How a State stands among the words of the search. */
export function stateLexeme(code: string): string {
  return `@${code.toLowerCase()}`;
}

function changeOf(event: Stated | Withdrawn) {
  const change = {
    recommendation_id: event.aggregateId,
    generation: event.generation,
    version: event.version,
    at: event.occurredAt,
    fields: [] as string[],
    previous_position: '',
    announced: event.data.announce,
  };
  switch (event.type) {
    case 'recommendations.v1.RecommendationRecorded':
      return { ...change, kind: 'recorded' };
    case 'recommendations.v1.RecommendationRevised':
      return {
        ...change,
        kind: 'revised',
        fields: event.data.changedFields,
        previous_position: event.data.previousPosition,
      };
    case 'recommendations.v1.RecommendationWithdrawn':
      return { ...change, kind: 'withdrawn' };
  }
}
