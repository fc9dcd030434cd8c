import { consumer, handler, type Consumer } from '@followthrough/messaging';
import type { RecommendationRows } from '../outbound/view/recommendation-rows';
import type { VoiceRows } from '../outbound/view/voice-rows';

/** Keeps the read model of recommendations and of what is said about them. */
export function recommendationsConsumer(rows: RecommendationRows, voices: VoiceRows): Consumer {
  return consumer(
    'portal',
    [
      handler({
        events: ['recommendations.v1.RecommendationRecorded', 'recommendations.v1.RecommendationRevised'],
        snapshots: true,
        handle: (tx, batch) => rows.keep(tx, batch),
      }),
      handler({
        events: ['recommendations.v1.RecommendationWithdrawn'],
        snapshots: true,
        handle: (tx, batch) => rows.withdraw(tx, batch),
      }),
      handler({
        events: [
          'recommendations.v1.DevelopmentPublished',
          'recommendations.v1.DevelopmentWithdrawn',
          'recommendations.v1.AssessmentPublished',
          'recommendations.v1.AssessmentRevised',
          'recommendations.v1.AssessmentWithdrawn',
          'recommendations.v1.AssessmentAnswered',
        ],
        snapshots: true,
        handle: (tx, batch) => voices.keep(tx, batch),
      }),
    ],
    [
      {
        topic: 'recommendations.v1',
        keys: (tx, after, limit) => rows.ids(tx, after, limit),
        forget: (tx, ids) => rows.forget(tx, ids),
      },
    ],
  );
}
