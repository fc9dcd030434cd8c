import { searchText } from '@followthrough/contracts';
import { copyIn, type Transaction } from '@followthrough/database';
import type { Held, HeldField } from '../domain/held/held';

/** A recommendation with what is held true of it. */
export interface RecommendationRow extends Held {
  id: string;
  naturalKey: string;
  version: number;
  withdrawnAt: Date | null;
  recordedAt: Date;
  revisedAt: Date;
}

/** Each field of {@link Held} with its column and PostgreSQL type. */
const heldColumns: Record<HeldField, [column: string, type: string]> = {
  kind: ['kind', 'text'],
  mechanism: ['mechanism', 'text'],
  stateUnderReview: ['state_under_review', 'text'],
  stateUnderReviewRaw: ['state_under_review_raw', 'text'],
  cycle: ['cycle', 'int'],
  session: ['session', 'int'],
  symbol: ['symbol', 'text'],
  paragraph: ['paragraph', 'text'],
  text: ['text', 'text'],
  language: ['language', 'text'],
  translations: ['translations', 'jsonb'],
  recommendingStates: ['recommending_states', 'text[]'],
  unresolvedStates: ['unresolved_states', 'text[]'],
  position: ['position', 'text'],
  positionSource: ['position_source', 'text'],
  actionCategory: ['action_category', 'int'],
  themes: ['themes', 'text[]'],
  groups: ['groups', 'text[]'],
  sdgs: ['sdgs', 'text[]'],
  reviewDate: ['review_date', 'text'],
  sources: ['sources', 'text[]'],
  demo: ['demo', 'boolean'],
  leadInstitution: ['lead_institution', 'text'],
  supportingInstitutions: ['supporting_institutions', 'text[]'],
  deadline: ['deadline', 'date'],
  status: ['status', 'text'],
  note: ['note', 'text'],
};

const fields = Object.keys(heldColumns) as HeldField[];
const columnOf = (field: HeldField) => heldColumns[field][0];
const stored = (field: HeldField, held: Held) => (field === 'deadline' ? held.deadline || null : held[field]);

/** Select list that reads rows as {@link RecommendationRow}; `r` is the table. */
export const recommendationSelection = [
  'r.id',
  'r.natural_key as "naturalKey"',
  'r.version',
  'r.withdrawn_at as "withdrawnAt"',
  'r.recorded_at as "recordedAt"',
  'r.revised_at as "revisedAt"',
  ...fields.map((field) =>
    field === 'deadline'
      ? `coalesce(r.deadline::text, '') as deadline`
      : `r.${columnOf(field)} as "${field}"`,
  ),
].join(', ');

export function recommendationsByNaturalKey(tx: Transaction, keys: string[]): Promise<RecommendationRow[]> {
  return tx.query(`select ${recommendationSelection} from recommendation r where r.natural_key = any($1)`, [
    keys,
  ]);
}

export function recommendationsById(tx: Transaction, ids: string[]): Promise<RecommendationRow[]> {
  return tx.query(`select ${recommendationSelection} from recommendation r where r.id = any($1)`, [ids]);
}

/** A page of all recommendations, withdrawn ones too, in the order of their ids. */
export function recommendationsAfter(
  tx: Transaction,
  id: string | null,
  limit: number,
): Promise<RecommendationRow[]> {
  return tx.query(
    `select ${recommendationSelection} from recommendation r where $1::uuid is null or r.id > $1 order by r.id limit $2`,
    [id, limit],
  );
}

/** Locks the recommendations with these keys, in one order for all callers. */
export async function lockByNaturalKey(tx: Transaction, keys: string[]): Promise<RecommendationRow[]> {
  return tx.query(
    `select ${recommendationSelection} from recommendation r where r.natural_key = any($1) order by r.natural_key for update`,
    [keys],
  );
}

export async function insertRecommendations(
  tx: Transaction,
  rows: { id: string; naturalKey: string; held: Held }[],
): Promise<void> {
  if (rows.length === 0) return;
  await copyIn(
    tx,
    `recommendation (id, natural_key, version, search_text, ${fields.map(columnOf).join(', ')})`,
    rows.map(({ id, naturalKey, held }) => [
      id,
      naturalKey,
      1,
      searchText(held),
      ...fields.map((field) => stored(field, held)),
    ]),
  );
}

/** Writes what is held now; `withdrawn` leaves the last held values as they were. */
export async function updateRecommendations(
  tx: Transaction,
  rows: { id: string; version: number; held: Held; withdrawn: boolean }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const definition = fields.map((field) => `${columnOf(field)} ${heldColumns[field][1]}`).join(', ');
  const assignment = fields.map((field) => `${columnOf(field)} = n.${columnOf(field)}`).join(', ');
  await tx.query(
    `update recommendation r
     set version = n.version, search_text = n.search_text, revised_at = $2::timestamptz, ${assignment},
         withdrawn_at = case when n.withdrawn then $2::timestamptz end
     from jsonb_to_recordset($1::jsonb)
       as n (id uuid, version bigint, search_text text, withdrawn boolean, ${definition})
     where r.id = n.id`,
    [
      JSON.stringify(
        rows.map(({ id, version, held, withdrawn }) => ({
          id,
          version,
          withdrawn,
          search_text: searchText(held),
          ...Object.fromEntries(fields.map((field) => [columnOf(field), stored(field, held)])),
        })),
      ),
      at,
    ],
  );
}
