import type { EventData, EventType } from '@followthrough/contracts';
import type { NoticeKind } from './notice';

/** A fact as far as notices depend on it. */
interface Fact<T extends EventType> {
  type: T;
  aggregateId: string;
  generation: number;
  version: number;
  /** Only tells the present state again. */
  snapshot: boolean;
  stateUnderReview: string | null;
  occurredAt: Date;
  traceparent: string | null;
  data: EventData<T>;
}

export type RecommendationEvent =
  | Fact<'recommendations.v1.RecommendationRecorded'>
  | Fact<'recommendations.v1.RecommendationRevised'>
  | Fact<'recommendations.v1.RecommendationWithdrawn'>;

interface Held {
  generation: number;
  version: number;
}

/** Whether an event tells something new to somebody: announced, newer than what is held, and no snapshot. */
export function isNews(event: RecommendationEvent, held: Held | null): boolean {
  if (!event.data.announce || event.snapshot) return false;
  if (!held) return true;
  return event.generation !== held.generation
    ? event.generation > held.generation
    : event.version > held.version;
}

export interface Told {
  kind: NoticeKind;
  changedFields: string[];
  previousPosition: string;
  /** Its import's mails have gone already. */
  late: boolean;
}

interface Import {
  releasedAt: Date | null;
  releasedLate: boolean;
  undoneAt: Date | null;
}

/**
 * What recipients are told of a fact, or null where this fact is not theirs to hear: what an undo changes back is
 * told by one correction, and the end of the demonstration by nothing. An import whose every announced event has
 * been seen can only be in the course of being undone.
 */
export function newsOf(event: RecommendationEvent, from: Import | undefined): Told | null {
  if (from?.undoneAt || (from?.releasedAt && !from.releasedLate)) return null;
  const late = Boolean(from?.releasedLate);
  switch (event.type) {
    case 'recommendations.v1.RecommendationRecorded':
      return { kind: 'recorded', changedFields: [], previousPosition: '', late };
    case 'recommendations.v1.RecommendationRevised': {
      const { changedFields, previousPosition } = event.data;
      return { kind: 'revised', changedFields, previousPosition, late };
    }
    case 'recommendations.v1.RecommendationWithdrawn':
      if (event.data.reason === 'import-undone' || event.data.reason === 'demo-removed') return null;
      return { kind: 'withdrawn', changedFields: [], previousPosition: '', late };
  }
}
