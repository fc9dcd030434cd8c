import type { EventData } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import type { AssessmentState, Findings } from '../../domain/assessments/assessment';
import type { Voice } from '../../domain/assessments/voice';

/** An assessment with what its organisation works on; what it has published stands in its editions. */
export interface AssessmentRow extends Findings {
  id: string;
  version: number;
  state: AssessmentState;
  told: number;
  /** Number of the public edition, 0 while there is none. */
  edition: number;
  recommendationId: string;
  stateUnderReview: string;
  organisationId: string;
  organisationClass: string;
  voice: Voice;
  reason: string;
  writtenAt: Date;
  withdrawnAt: Date | null;
}

export interface EditionRow extends Findings {
  edition: number;
  organisationName: string;
  publishedAt: Date;
}

export interface AnswerRow {
  number: number;
  edition: number;
  text: string;
  language: string;
  organisationName: string;
  answeredAt: Date;
}

/** Select list that reads rows as {@link AssessmentRow}; `a` is the table. */
export const assessmentSelection = `a.id, a.version, a.state, a.told, a.edition, a.recommendation_id as "recommendationId",
  a.state_under_review as "stateUnderReview", a.organisation_id as "organisationId",
  a.organisation_class as "organisationClass", a.voice, a.verdict, a.summary, a.language, a.method, a.evidence,
  a.assessed_on as "assessedOn", a.reason, a.written_at as "writtenAt", a.withdrawn_at as "withdrawnAt"`;

export async function lockAssessment(tx: Transaction, id: string): Promise<AssessmentRow | null> {
  const [row] = await tx.query<AssessmentRow[]>(
    `select ${assessmentSelection} from assessment a where a.id = $1 for update`,
    [id],
  );
  return row ?? null;
}

/** @returns false where the organisation has one on this recommendation already */
export async function insertAssessment(tx: Transaction, row: AssessmentRow): Promise<boolean> {
  const inserted = await tx.query(
    `insert into assessment (id, version, state, recommendation_id, state_under_review, organisation_id,
       organisation_class, voice, verdict, summary, language, method, evidence, assessed_on, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (recommendation_id, organisation_id) where state <> 'withdrawn' do nothing returning id`,
    [
      row.id,
      row.version,
      row.state,
      row.recommendationId,
      row.stateUnderReview,
      row.organisationId,
      row.organisationClass,
      row.voice,
      ...findingsOf(row),
      row.writtenAt,
    ],
  );
  return inserted.length > 0;
}

/** Writes all that can change of an assessment. */
export async function updateAssessment(tx: Transaction, row: AssessmentRow): Promise<void> {
  await tx.query(
    `update assessment
     set version = $2, state = $3, told = $4, edition = $5, verdict = $6, summary = $7, language = $8, method = $9,
         evidence = $10, assessed_on = $11, reason = $12, written_at = $13, withdrawn_at = $14
     where id = $1`,
    [
      row.id,
      row.version,
      row.state,
      row.told,
      row.edition,
      ...findingsOf(row),
      row.reason,
      row.writtenAt,
      row.withdrawnAt,
    ],
  );
}

export async function insertEdition(tx: Transaction, assessmentId: string, row: EditionRow): Promise<void> {
  await tx.query(
    `insert into assessment_edition (assessment_id, edition, organisation_name, verdict, summary, language, method,
       evidence, assessed_on, published_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [assessmentId, row.edition, row.organisationName, ...findingsOf(row), row.publishedAt],
  );
}

const findingsOf = ({ verdict, summary, language, method, evidence, assessedOn }: Findings) => [
  verdict,
  summary,
  language,
  method,
  JSON.stringify(evidence),
  assessedOn,
];

/** Anything that answers a query: the database, or a transaction of it. */
interface Reader {
  query(sql: string, params: unknown[]): Promise<any[]>;
}

/** Editions of assessments, the first first. */
export async function editionsOf(
  reader: Reader,
  assessmentIds: readonly string[],
): Promise<Map<string, EditionRow[]>> {
  const rows: (EditionRow & { assessmentId: string })[] = await reader.query(
    `select assessment_id as "assessmentId", edition, organisation_name as "organisationName", verdict, summary,
       language, method, evidence, assessed_on as "assessedOn", published_at as "publishedAt"
     from assessment_edition where assessment_id = any($1) order by assessment_id, edition`,
    [assessmentIds],
  );
  return grouped(rows);
}

/** Answers to assessments, the first first. */
export async function answersTo(
  reader: Reader,
  assessmentIds: readonly string[],
): Promise<Map<string, AnswerRow[]>> {
  const rows: (AnswerRow & { assessmentId: string })[] = await reader.query(
    `select assessment_id as "assessmentId", number, edition, text, language, organisation_name as "organisationName",
       answered_at as "answeredAt"
     from assessment_answer where assessment_id = any($1) order by assessment_id, number`,
    [assessmentIds],
  );
  return grouped(rows);
}

function grouped<T>(rows: (T & { assessmentId: string })[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { assessmentId, ...row } of rows) {
    const group = groups.get(assessmentId) ?? [];
    group.push(row as T);
    groups.set(assessmentId, group);
  }
  return groups;
}

/** An assessment as events carry it: its public edition and every answer. */
export function publicAssessment(
  row: AssessmentRow,
  edition: EditionRow,
  answers: readonly AnswerRow[],
): NonNullable<EventData<'recommendations.v1.AssessmentPublished'>['assessment']> {
  return {
    assessmentId: row.id,
    recommendationId: row.recommendationId,
    stateUnderReview: row.stateUnderReview,
    organisationId: row.organisationId,
    organisationName: edition.organisationName,
    organisationClass: row.organisationClass,
    voice: row.voice,
    edition: edition.edition,
    verdict: edition.verdict,
    summary: edition.summary,
    language: edition.language,
    method: edition.method,
    evidence: edition.evidence,
    assessedOn: edition.assessedOn ?? '',
    answers: answers.map(({ answeredAt, ...answer }) => ({
      ...answer,
      answeredOn: answeredAt.toISOString().slice(0, 10),
    })),
  };
}
