import type { Transaction } from '@followthrough/database';
import type { ReceivedEvent } from '@followthrough/messaging';
import { Injectable } from '@nestjs/common';

export type VoiceEvent = ReceivedEvent<
  | 'recommendations.v1.DevelopmentPublished'
  | 'recommendations.v1.DevelopmentWithdrawn'
  | 'recommendations.v1.AssessmentPublished'
  | 'recommendations.v1.AssessmentRevised'
  | 'recommendations.v1.AssessmentWithdrawn'
  | 'recommendations.v1.AssessmentAnswered'
>;

// An event of the same version is let through: a snapshot tells the present state again.
const KEEP = `
  insert into view.voice as kept
    (id, generation, version, subject, held, recommendation_ids, voice, verdict, day, told)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (id) do update
  set generation = excluded.generation, version = excluded.version, held = excluded.held,
      recommendation_ids = excluded.recommendation_ids, voice = excluded.voice, verdict = excluded.verdict,
      day = excluded.day, told = excluded.told
  where (kept.generation, kept.version) <= (excluded.generation, excluded.version)`;

/** Writes what is said about recommendations into the read model. */
@Injectable()
export class VoiceRows {
  async keep(tx: Transaction, batch: readonly VoiceEvent[]): Promise<void> {
    for (const event of batch) {
      const { subject, held, recommendationIds, voice, verdict, day, told } = rowOf(event);
      await tx.query(KEEP, [
        event.aggregateId,
        event.generation,
        event.version,
        subject,
        held,
        recommendationIds,
        voice,
        verdict,
        day,
        JSON.stringify(told),
      ]);
    }
  }
}

function rowOf(event: VoiceEvent) {
  const gone = { held: false, voice: '', verdict: '', day: '', told: {} };
  switch (event.type) {
    case 'recommendations.v1.DevelopmentPublished': {
      const told = event.data.development;
      return {
        subject: 'development',
        held: true,
        recommendationIds: told?.recommendationIds ?? [],
        voice: '',
        verdict: '',
        day: told?.happenedOn ?? '',
        told,
      };
    }
    case 'recommendations.v1.AssessmentPublished':
    case 'recommendations.v1.AssessmentRevised':
    case 'recommendations.v1.AssessmentAnswered': {
      const told = event.data.assessment;
      return {
        subject: 'assessment',
        held: true,
        recommendationIds: told ? [told.recommendationId] : [],
        voice: told?.voice ?? '',
        verdict: told?.verdict ?? '',
        day: told?.assessedOn ?? '',
        told,
      };
    }
    case 'recommendations.v1.DevelopmentWithdrawn':
      return { ...gone, subject: 'development', recommendationIds: event.data.recommendationIds };
    case 'recommendations.v1.AssessmentWithdrawn':
      return { ...gone, subject: 'assessment', recommendationIds: [event.data.recommendationId] };
  }
}
