import type { StoredRecord, TransportRecord } from '../transport';
import type { LogTopics } from './log-topics';

/** A block holds this many records at most, so that whoever reads it need not hold more. */
export const BLOCK_RECORDS = 250;

type RecordLine = [key: string, value: string, headers: Record<string, string>];

/** A record as its line in a block; JSON has no line breaks of its own. */
export function lineOf({ key, value, headers }: TransportRecord): string {
  const line: RecordLine = [key, value, headers];
  return JSON.stringify(line);
}

/** A record as the queries over blocks give it, with `rowMode: 'array'`. */
export type LineRow = [topicId: number, partition: number, offset: string, line: string];

export function recordOf([topicId, partition, offset, line]: LineRow, topics: LogTopics): StoredRecord {
  const [key, value, headers] = JSON.parse(line) as RecordLine;
  return { topic: topics.nameOf(topicId), partition, offset: Number(offset), key, value, headers };
}
