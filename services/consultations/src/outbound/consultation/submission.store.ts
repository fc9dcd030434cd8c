import type { Transaction } from '@followthrough/database';
import { v4 as uuidv4 } from 'uuid';
import { rowsOf } from '../rows-of';
import type { SubmissionRow } from './consultation-rows';

/** Part of a submission that speaks of one recommendation or action, or of the consultation as a whole. */
export interface Section {
  targetType: 'recommendation' | 'action' | 'consultation';
  targetId: string;
  body: string;
}

/** Writes a submission whole; its sections are new ones. */
export async function writeSubmission(
  tx: Transaction,
  submission: SubmissionRow,
  sections: readonly Section[],
): Promise<void> {
  await tx.query(
    `insert into submission (id, consultation_id, version, tier, state, class, organisation, organisation_id, language,
       received_on, origin, provenance)
     values ($1, $2, $3, 'named', $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set version = excluded.version, language = excluded.language`,
    [
      submission.id,
      submission.consultationId,
      submission.version,
      submission.state,
      submission.class,
      submission.organisation,
      submission.organisationId,
      submission.language,
      submission.receivedOn,
      submission.origin,
      submission.provenance,
    ],
  );
  await tx.query('delete from submission_section where submission_id = $1', [submission.id]);
  const rows = sections.map((section, position) => ({ id: uuidv4(), position, ...section }));
  await tx.query(
    `insert into submission_section (id, submission_id, position, target_type, target_id, body)
     select id, $1, position, "targetType", "targetId", body
     from json_to_recordset($2) as row (id uuid, position int, "targetType" text, "targetId" uuid, body text)`,
    [submission.id, JSON.stringify(rows)],
  );
}

/** Targets that are no part of the consultation: actions are, of the drafts of its roadmaps and of its State. */
export async function targetsOutside(
  tx: Transaction,
  consultationId: string,
  sections: readonly Section[],
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    `select row."targetId" as id
     from json_to_recordset($2) as row ("targetType" text, "targetId" uuid)
     where not case row."targetType"
       when 'recommendation' then exists (select from consultation_recommendation
         where consultation_id = $1 and recommendation_id = row."targetId")
       when 'action' then exists (select from roadmap_action a join roadmap r on r.id = a.roadmap_id
         where a.id = row."targetId" and r.consultation_id = $1)
       else row."targetId" = $1 end`,
    [consultationId, JSON.stringify(sections.map(({ targetType, targetId }) => ({ targetType, targetId })))],
  );
  return rows.map(({ id }) => id);
}
