import type { Transaction } from '@followthrough/database';
import type { OutgoingEvent } from '@followthrough/messaging';
import {
  answersTo,
  assessmentSelection,
  editionsOf,
  publicAssessment,
  type AssessmentRow,
} from './assessments/assessment-rows';
import {
  developmentSelection,
  publicDevelopment,
  type DevelopmentRow,
} from './developments/development-rows';

/** The present state of every development and assessment that was ever public, to be told again. */
export async function voicesTold(tx: Transaction, now: Date): Promise<OutgoingEvent[]> {
  return [...(await developments(tx, now)), ...(await assessments(tx, now))];
}

const envelope = (row: DevelopmentRow | AssessmentRow, now: Date) => ({
  aggregateId: row.id,
  version: row.told,
  stateUnderReview: row.stateUnderReview,
  visibility: 'public' as const,
  occurredAt: row.withdrawnAt ?? now,
  snapshot: true,
});

async function developments(tx: Transaction, now: Date): Promise<OutgoingEvent[]> {
  const rows = await tx.query<DevelopmentRow[]>(
    `select ${developmentSelection} from development d where d.told > 0 order by d.id`,
  );
  return rows.map((row): OutgoingEvent =>
    row.state === 'withdrawn'
      ? {
          ...envelope(row, now),
          type: 'recommendations.v1.DevelopmentWithdrawn',
          data: { developmentId: row.id, recommendationIds: row.recommendationIds },
        }
      : {
          ...envelope(row, now),
          type: 'recommendations.v1.DevelopmentPublished',
          data: { development: publicDevelopment(row), announce: false },
        },
  );
}

async function assessments(tx: Transaction, now: Date): Promise<OutgoingEvent[]> {
  const rows = await tx.query<AssessmentRow[]>(
    `select ${assessmentSelection} from assessment a where a.told > 0 order by a.id`,
  );
  const ids = rows.map(({ id }) => id);
  const editions = await editionsOf(tx, ids);
  const answers = await answersTo(tx, ids);
  return rows.flatMap((row): OutgoingEvent[] => {
    const edition = editions.get(row.id)?.at(-1);
    if (row.state === 'withdrawn' || !edition) {
      return [
        {
          ...envelope(row, now),
          type: 'recommendations.v1.AssessmentWithdrawn',
          data: { assessmentId: row.id, recommendationId: row.recommendationId },
        },
      ];
    }
    const assessment = publicAssessment(row, edition, answers.get(row.id) ?? []);
    return [{ ...envelope(row, now), type: 'recommendations.v1.AssessmentPublished', data: { assessment } }];
  });
}
