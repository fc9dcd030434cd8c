import { catalogue, type EventType } from '@followthrough/contracts';

/** Topics whose owner tells the present state of all its aggregates when asked. */
export type SnapshotTopic = {
  [Type in EventType]: Type extends `${infer Topic}.SnapshotStarted` ? Topic : never;
}[EventType];

export const startOf = <T extends SnapshotTopic>(topic: T) => `${topic}.SnapshotStarted` as const;
export const endOf = <T extends SnapshotTopic>(topic: T) => `${topic}.SnapshotCompleted` as const;

/** Whether the event only begins or ends a snapshot; such a mark means nothing out of its place. */
export const isMark = (type: EventType): boolean => /\.Snapshot(Started|Completed)$/.test(type);

/** Services that keep a copy of what the topic tells. */
export function copyingServices(topic: SnapshotTopic): readonly string[] {
  return catalogue.find(({ type }) => type === startOf(topic))!.consumers;
}
