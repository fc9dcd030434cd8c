import type { EventData, RecommendationState } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import type { ReceivedEvent } from '@followthrough/messaging';
import { v7 as uuidv7 } from 'uuid';
import type { RecommendationRows, Stated, Withdrawn } from '../outbound/view/recommendation-rows';

export function aRecommendation(given: Partial<RecommendationState> = {}): RecommendationState {
  return {
    recommendationId: uuidv7(),
    kind: 'recommendation',
    mechanism: 'UPR',
    stateUnderReview: 'SVN',
    cycle: 2,
    session: 20,
    symbol: 'A/HRC/28/15',
    paragraph: '115.1',
    text: 'Ratify the Convention on the rights of persons with disabilities',
    language: 'en',
    recommendingStates: ['AUT'],
    position: 'supported',
    actionCategory: 5,
    themes: ['disability'],
    groups: [],
    sdgs: ['10.2'],
    reviewDate: '2014-11-04',
    demo: false,
    sources: ['ohchr-matrix'],
    ...given,
  };
}

type About = Partial<
  Pick<
    ReceivedEvent,
    'version' | 'generation' | 'occurredAt' | 'snapshot' | 'stateUnderReview' | 'visibility'
  >
>;

function received<T extends ReceivedEvent['type']>(type: T, id: string, data: EventData<T>, about: About) {
  return {
    id: uuidv7(),
    type,
    aggregateId: id,
    version: 1,
    generation: 1,
    stateUnderReview: null,
    visibility: 'public',
    data,
    occurredAt: new Date(),
    snapshot: false,
    correlationId: null,
    causationId: null,
    traceparent: null,
    topic: 'recommendations.v1',
    partition: 0,
    offset: 0,
    ...about,
  };
}

export function recorded(recommendation: RecommendationState, about: About = {}): Stated {
  return received(
    'recommendations.v1.RecommendationRecorded',
    recommendation.recommendationId,
    { recommendation, importId: '', announce: true },
    about,
  ) as Stated;
}

export function revised(
  recommendation: RecommendationState,
  changedFields: string[],
  previousPosition: string,
  about: About = {},
): Stated {
  return received(
    'recommendations.v1.RecommendationRevised',
    recommendation.recommendationId,
    { recommendation, importId: '', announce: true, changedFields, previousPosition },
    { version: 2, ...about },
  ) as Stated;
}

export function withdrawn(recommendationId: string, about: About = {}): Withdrawn {
  return received(
    'recommendations.v1.RecommendationWithdrawn',
    recommendationId,
    { recommendationId, reason: 'import-undone', importId: '', announce: true },
    { version: 2, ...about },
  ) as Withdrawn;
}

export function importApplied(importId: string, about: About = {}): ReceivedEvent {
  return received(
    'recommendations.v1.ImportApplied',
    importId,
    {
      importId,
      format: 'ohchr-matrix',
      announce: true,
      recorded: 1,
      revised: 0,
      withdrawn: 0,
      unchanged: 0,
      rejected: 0,
      announcedEvents: 1,
      statesUnderReview: ['SVN'],
      demo: false,
    },
    about,
  ) as ReceivedEvent;
}

/** Hands events to the read model as its consumer does. */
export async function tell(database: Database, rows: RecommendationRows, ...events: (Stated | Withdrawn)[]) {
  for (const event of events) {
    await database.transaction((tx) =>
      event.type === 'recommendations.v1.RecommendationWithdrawn'
        ? rows.withdraw(tx, [event])
        : rows.keep(tx, [event]),
    );
  }
}
