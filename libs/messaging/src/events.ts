import type { EventData, EventType, Visibility } from '@followthrough/contracts';

/** A fact as its owner states it. Give it to {@link publish} in the transaction that made it true. */
export type OutgoingEvent<T extends EventType = EventType> = { [Type in T]: OutgoingEventOf<Type> }[T];

interface OutgoingEventOf<T extends EventType> {
  type: T;
  /** Also the key: events of one aggregate are handled in order. */
  aggregateId: string;
  /** Version of the aggregate after this event, from 1; each event raises it by one. */
  version: number;
  /** Ordinarily left out: the generation of the database, which a restore from backup raises. */
  generation?: number;
  /** ISO 3166-1 alpha-3, null where the fact belongs to no State. */
  stateUnderReview: string | null;
  visibility: Visibility;
  data: EventData<T>;
  /** When the fact came to be; now, if left out. */
  occurredAt?: Date;
  /** UUID; a new UUIDv7, if left out. */
  id?: string;
  /** The event that led to this one, where a handler of a whole batch knows better than the context. */
  causedBy?: Pick<ReceivedEvent, 'id' | 'correlationId' | 'traceparent'>;
  /** True where the present state is told again, to build a copy from: nothing has happened. */
  snapshot?: boolean;
  /** The snapshot that the event is a part of. */
  partOf?: SnapshotPart;
}

/** Which snapshot an event is a part of. */
export interface SnapshotPart {
  snapshotId: string;
  /** The one service that takes it, null where all do. */
  recipient: string | null;
}

/** A fact as it reaches a consumer. */
export type ReceivedEvent<T extends EventType = EventType> = { [Type in T]: ReceivedEventOf<Type> }[T];

interface ReceivedEventOf<T extends EventType> {
  id: string;
  type: T;
  aggregateId: string;
  version: number;
  generation: number;
  stateUnderReview: string | null;
  visibility: Visibility;
  data: EventData<T>;
  occurredAt: Date;
  snapshot: boolean;
  /** Null for what is no part of a snapshot. */
  snapshotId?: string | null;
  /** The one service that a snapshot is for. */
  snapshotFor?: string | null;
  correlationId: string | null;
  causationId: string | null;
  traceparent: string | null;
  /** Where it lies in the log. */
  topic: string;
  partition: number;
  offset: number;
}

/** Place of an event in the life of its aggregate. */
export interface AggregateVersion {
  generation: number;
  version: number;
}

/**
 * Whether an event may overwrite what is held of its aggregate: what is older never does. The same version may,
 * because a snapshot or a replay tells it again. In SQL: `(excluded.generation, excluded.version) >=
 * (held.generation, held.version)`.
 */
export function supersedes(event: AggregateVersion, held: AggregateVersion | null | undefined): boolean {
  if (!held) return true;
  if (event.generation !== held.generation) return event.generation > held.generation;
  return event.version >= held.version;
}
