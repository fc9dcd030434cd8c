import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { takesDispositions } from '../../domain/consultation/consultation-state';
import { findSubmission, lockConsultation } from '../../outbound/consultation/consultation-rows';
import { rowsOf } from '../../outbound/rows-of';
import { allowed, demand, expectVersion } from '../guards';

export const outcomes = ['adopted', 'in-part', 'noted', 'not-adopted', 'out-of-scope'] as const;

export interface Disposition {
  outcome: (typeof outcomes)[number];
  reason: string;
  /** actions that came of the section */
  actionIds: string[];
}

/** Says what becomes of a section, why, and which actions came of it. */
@Injectable()
export class Dispose {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param seen version of the disposition that the caller saw, 0 where there was none */
  async dispose(
    caller: CallerIdentity,
    sectionId: string,
    seen: number,
    disposition: Disposition,
  ): Promise<void> {
    const { outcome, reason, actionIds } = disposition;
    await this.database.transaction(async (tx) => {
      const [section] = await rowsOf<{ submissionId: string }>(
        tx,
        'select submission_id as "submissionId" from submission_section where id = $1',
        [sectionId],
      );
      if (!section) throw new Problem('not-found', 'section-not-found', 'There is no such section.');
      const submission = await findSubmission(tx, section.submissionId);
      const row = await lockConsultation(tx, submission.consultationId);
      demand(caller, 'consultations.write', row.stateUnderReview);
      allowed(takesDispositions(row.state));
      if (submission.state !== 'submitted') {
        throw new Problem(
          'conflict',
          'submission-not-handed-in',
          'Only what has been handed in is decided on.',
        );
      }
      const [held] = await rowsOf<{ version: number }>(
        tx,
        'select version from disposition where section_id = $1',
        [sectionId],
      );
      expectVersion(held?.version ?? 0, seen);
      await refuseForeignActions(tx, row.stateUnderReview, actionIds);
      await tx.query(
        `insert into disposition (section_id, version, outcome, reason, decided_at, decided_by)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (section_id) do update set version = excluded.version, outcome = excluded.outcome,
           reason = excluded.reason, decided_at = excluded.decided_at, decided_by = excluded.decided_by`,
        [sectionId, seen + 1, outcome, reason, this.clock.now(), caller.id],
      );
      await tx.query(`delete from lineage where from_type = 'section' and from_id = $1`, [sectionId]);
      await tx.query(
        `insert into lineage (from_type, from_id, to_type, to_id, relation)
         select 'section', $1::uuid, 'action', id, $3::text from unnest($2::uuid[]) id`,
        [sectionId, [...new Set(actionIds)], actionIds.length > 1 ? 'split' : 'derived'],
      );
      await audit(tx, {
        caller,
        action: 'section.dispose',
        subject: 'section',
        subjectId: sectionId,
        stateUnderReview: row.stateUnderReview,
        details: { outcome, actionIds },
      });
    });
  }
}

async function refuseForeignActions(
  tx: Transaction,
  stateUnderReview: string,
  ids: readonly string[],
): Promise<void> {
  const foreign = await rowsOf<{ id: string }>(
    tx,
    `select wanted.id from unnest($2::uuid[]) as wanted (id) where not exists (
       select from roadmap_action a join roadmap r on r.id = a.roadmap_id
       where a.id = wanted.id and r.state_under_review = $1)`,
    [stateUnderReview, ids],
  );
  if (foreign.length > 0) {
    throw new Problem(
      'unprocessable',
      'action-not-of-this-state',
      'No roadmap of this State has such an action.',
    );
  }
}
