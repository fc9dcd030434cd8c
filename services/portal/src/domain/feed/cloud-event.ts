import type { Visibility } from '@followthrough/contracts';
import { v5 as uuidv5 } from 'uuid';
import type { FeedType } from './feed-types';

/** An event as the feed keeps it. */
export interface FeedEvent {
  position: number;
  eventId: string;
  type: FeedType;
  aggregateId: string;
  generation: number;
  version: number;
  stateUnderReview: string | null;
  visibility: Visibility;
  occurredAt: Date;
  snapshot: boolean;
  /** Canonical proto3 JSON. */
  data: string;
}

/** CloudEvents 1.0 in JSON, with the extensions that the headers on the topics have, and a cursor. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  type: FeedType;
  source: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  aggregateversion: number;
  generation: number;
  stateunderreview?: string;
  visibility: Visibility;
  snapshot?: true;
  /** Reading on `after` it begins with the event that follows. */
  cursor: string;
  data: unknown;
}

const RECORDED = 'recommendations.v1.RecommendationRecorded';
const REVISED = 'recommendations.v1.RecommendationRevised';
const WITHDRAWN = 'recommendations.v1.RecommendationWithdrawn';

/** Types under which the current state is told, each with those that it is kept under. */
const toldAs: Partial<Record<FeedType, FeedType[]>> = {
  [RECORDED]: [RECORDED, REVISED],
  [WITHDRAWN]: [WITHDRAWN],
};

/** Types under which the feed keeps what is told under `types` when it tells the current state. */
export function keptAs(types: readonly FeedType[]): FeedType[] {
  return types.flatMap((type) => toldAs[type] ?? []);
}

export function cloudEvent(event: FeedEvent, cursor: string): CloudEvent {
  return {
    specversion: '1.0',
    id: event.eventId,
    type: event.type,
    source: `/${event.type.slice(0, event.type.indexOf('.'))}`,
    subject: event.aggregateId,
    time: event.occurredAt.toISOString(),
    datacontenttype: 'application/json',
    aggregateversion: event.version,
    generation: event.generation,
    ...(event.stateUnderReview !== null && { stateunderreview: event.stateUnderReview }),
    visibility: event.visibility,
    ...(event.snapshot && { snapshot: true }),
    cursor,
    data: JSON.parse(event.data),
  };
}

/**
 * The same fact as the state it left: a recommendation is recorded or withdrawn, and that is no news. It says
 * something else than the event did, so it bears another id, always the same.
 */
export function stateEvent(event: FeedEvent, cursor: string): CloudEvent {
  const told = cloudEvent({ ...event, snapshot: true }, cursor);
  const { recommendation, recommendationId, reason } = told.data as Record<string, unknown>;
  return {
    ...told,
    id: uuidv5('state', event.eventId),
    type: event.type === WITHDRAWN ? WITHDRAWN : RECORDED,
    data: event.type === WITHDRAWN ? { recommendationId, reason } : { recommendation },
  };
}
