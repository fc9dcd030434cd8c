import { handler, type Handler } from '@followthrough/messaging';
import type { MatchVoices } from '../usecases/match-voices';

/** What has happened and who says so, in one handler so that the events of one development or assessment stay in order. */
export function voices(matchVoices: MatchVoices): Handler {
  return handler({
    events: [
      'recommendations.v1.DevelopmentPublished',
      'recommendations.v1.DevelopmentWithdrawn',
      'recommendations.v1.AssessmentPublished',
      'recommendations.v1.AssessmentRevised',
      'recommendations.v1.AssessmentWithdrawn',
      'recommendations.v1.AssessmentAnswered',
    ],
    // Snapshots and replays only renew the copy: what is not newer than it is told to nobody.
    snapshots: true,
    handle: (tx, batch) => matchVoices.run(tx, batch),
  });
}
