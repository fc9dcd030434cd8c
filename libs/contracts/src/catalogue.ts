import type { DescMessage, Message, MessageShape } from '@bufbuild/protobuf';
import { events } from './gen/catalogue';

/** Full name of an event's message, which is also its type on the wire. */
export type EventType = keyof typeof events;

/** Message as a plain object: all fields present, camelCase, without the runtime's own marks. */
export type Plain<T> =
  T extends Message<string>
    ? { [Field in Exclude<keyof T, '$typeName' | '$unknown'>]: Plain<T[Field]> }
    : T extends (infer Element)[]
      ? Plain<Element>[]
      : T;

/** What an event of the type says. */
export type EventData<T extends EventType = EventType> = {
  [Type in T]: Plain<MessageShape<(typeof events)[Type]['schema']>>;
}[T];

/** The public state of a recommendation, as its events carry it. */
export type RecommendationState = NonNullable<
  EventData<'recommendations.v1.RecommendationRecorded'>['recommendation']
>;

export interface EventDefinition {
  type: EventType;
  /** Topic, the proto package. */
  topic: string;
  /** Service that owns the fact. */
  publisher: string;
  /** Kind of thing whose version the event raises. */
  aggregate: string;
  /** Services that handle it. */
  consumers: readonly string[];
  /** Partitions of the topic. */
  partitions: number;
  /** What has happened, in a sentence or two. */
  meaning: string;
  schema: DescMessage;
}

/** Every event there is, by topic and then in the order of its proto file. */
export const catalogue: readonly EventDefinition[] = Object.entries(events).map(([type, definition]) => ({
  type: type as EventType,
  ...definition,
}));

const byType = new Map<string, EventDefinition>(catalogue.map((definition) => [definition.type, definition]));

/** The definition of an event, or undefined where no such event is known. */
export function findEvent(type: string): EventDefinition | undefined {
  return byType.get(type);
}

/** Whether a string is the type of a known event. */
export function isEventType(type: string): type is EventType {
  return byType.has(type);
}

export interface TopicDefinition {
  name: string;
  publisher: string;
  partitions: number;
}

/** Topics in the order of the catalogue, one a publishing service. */
export const topics: readonly TopicDefinition[] = [
  ...new Map(
    catalogue.map(({ topic, publisher, partitions }) => [topic, { name: topic, publisher, partitions }]),
  ).values(),
];
