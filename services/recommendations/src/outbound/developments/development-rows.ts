import type { EventData } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import type { DevelopmentKind, DevelopmentState } from '../../domain/developments/development';

/** What its author writes of a development. */
export interface DevelopmentText {
  kind: DevelopmentKind;
  /** ISO date */
  happenedOn: string;
  title: string;
  text: string;
  language: string;
  link: string;
  /** '' where no action is named */
  actionId: string;
  recommendationIds: string[];
}

export interface DevelopmentRow extends DevelopmentText {
  id: string;
  version: number;
  state: DevelopmentState;
  told: number;
  stateUnderReview: string;
  organisationId: string;
  organisationClass: string;
  organisationName: string;
  writtenBy: string;
  reason: string;
  writtenAt: Date;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
}

/** Select list that reads rows as {@link DevelopmentRow}; `d` is the table. */
export const developmentSelection = `d.id, d.version, d.state, d.told, d.state_under_review as "stateUnderReview", d.kind,
  d.happened_on as "happenedOn", d.title, d.text, d.language, d.link, coalesce(d.action_id::text, '') as "actionId",
  d.organisation_id as "organisationId", d.organisation_class as "organisationClass",
  d.organisation_name as "organisationName", d.written_by as "writtenBy", d.reason, d.written_at as "writtenAt",
  d.published_at as "publishedAt", d.withdrawn_at as "withdrawnAt",
  array(select r.recommendation_id from development_recommendation r where r.development_id = d.id
        order by r.recommendation_id) as "recommendationIds"`;

export async function lockDevelopment(tx: Transaction, id: string): Promise<DevelopmentRow | null> {
  await tx.query('select from development where id = $1 for update', [id]);
  const [row] = await tx.query<DevelopmentRow[]>(
    `select ${developmentSelection} from development d where d.id = $1`,
    [id],
  );
  return row ?? null;
}

export async function insertDevelopment(tx: Transaction, row: DevelopmentRow): Promise<void> {
  await tx.query(
    `insert into development (id, version, state, state_under_review, kind, happened_on, title, text, language, link,
       action_id, organisation_id, organisation_class, written_by, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, '')::uuid, $12, $13, $14, $15)`,
    [
      row.id,
      row.version,
      row.state,
      row.stateUnderReview,
      row.kind,
      row.happenedOn,
      row.title,
      row.text,
      row.language,
      row.link,
      row.actionId,
      row.organisationId,
      row.organisationClass,
      row.writtenBy,
      row.writtenAt,
    ],
  );
  await setRecommendations(tx, row);
}

/** Writes all that can change of a development. */
export async function updateDevelopment(tx: Transaction, row: DevelopmentRow): Promise<void> {
  await tx.query(
    `update development
     set version = $2, state = $3, told = $4, kind = $5, happened_on = $6, title = $7, text = $8, language = $9,
         link = $10, action_id = nullif($11, '')::uuid, organisation_name = $12, written_by = $13, written_at = $14,
         reason = $15, published_at = $16, withdrawn_at = $17
     where id = $1`,
    [
      row.id,
      row.version,
      row.state,
      row.told,
      row.kind,
      row.happenedOn,
      row.title,
      row.text,
      row.language,
      row.link,
      row.actionId,
      row.organisationName,
      row.writtenBy,
      row.writtenAt,
      row.reason,
      row.publishedAt,
      row.withdrawnAt,
    ],
  );
}

export async function setRecommendations(
  tx: Transaction,
  { id, recommendationIds }: Pick<DevelopmentRow, 'id' | 'recommendationIds'>,
): Promise<void> {
  await tx.query(
    'delete from development_recommendation where development_id = $1 and recommendation_id <> all($2)',
    [id, recommendationIds],
  );
  await tx.query(
    `insert into development_recommendation (development_id, recommendation_id)
     select $1, unnest($2::uuid[]) on conflict do nothing`,
    [id, recommendationIds],
  );
}

/** A development as events carry it. */
export function publicDevelopment(
  row: DevelopmentRow,
): NonNullable<EventData<'recommendations.v1.DevelopmentPublished'>['development']> {
  return {
    developmentId: row.id,
    recommendationIds: row.recommendationIds,
    actionId: row.actionId,
    stateUnderReview: row.stateUnderReview,
    kind: row.kind,
    happenedOn: row.happenedOn,
    title: row.title,
    text: row.text,
    language: row.language,
    link: row.link,
    organisationId: row.organisationId,
    organisationName: row.organisationName,
    organisationClass: row.organisationClass,
  };
}
