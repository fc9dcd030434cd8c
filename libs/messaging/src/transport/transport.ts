/** A record as it is sent. */
export interface TransportRecord {
  topic: string;
  partition: number;
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** Where a record lies in a log. Offsets rise within a partition; they may have gaps. */
export interface RecordPosition {
  topic: string;
  partition: number;
  offset: number;
}

/** A record as it is read. The value may be bytes that no one has looked at. */
export interface StoredRecord extends RecordPosition {
  key: string;
  value: string | Buffer;
  headers: Record<string, string>;
}

export interface TransportTopic {
  name: string;
  partitions: number;
}

/** Records of one partition, oldest first, in the hands of the one member of the group that holds it. */
export interface RecordBatch {
  topic: string;
  partition: number;
  records: StoredRecord[];
  /**
   * All records up to this offset have taken effect: the group goes on after it. That is committed soon, and at
   * the latest when the subscription stops; a crash before gives them again.
   */
  handled(offset: number): Promise<void>;
  /**
   * To be called by whoever holds a batch for long.
   * @throws PartitionLostError where the partition has gone to another member: give up what is not yet handled
   */
  heartbeat(): Promise<void>;
}

/** The partition belongs to another member of the group now. */
export class PartitionLostError extends Error {
  override name = 'PartitionLostError';
}

export interface SubscriptionRequest {
  group: string;
  topics: readonly string[];
  /** Records in a batch at most. */
  batchSize: number;
  /** Partitions handled at once, at most. */
  concurrency: number;
  /** What is not `handled` when it rejects comes again, after a pause. */
  onBatch(batch: RecordBatch): Promise<void>;
}

export interface Subscription {
  /** Partitions that this member holds now. */
  assigned(): Omit<RecordPosition, 'offset'>[];
  /** Stops fetching, waits for the batches in hand, lets go of the partitions. */
  stop(): Promise<void>;
}

export interface PartitionLag extends Omit<RecordPosition, 'offset'> {
  /** Offset of the next record that will be sent. */
  end: number;
  /** Offset of the next record that the group will read. */
  next: number;
  lag: number;
}

/** Which part of a topic to read again. */
export interface ReadRange {
  topic: string;
  partition?: number;
  /** Only records with this key. */
  key?: string;
  /** From this offset on, of the given partition. */
  fromOffset?: number;
  /** Up to and including this offset, of the given partition. */
  toOffset?: number;
  /** Appended at this time or later. */
  since?: Date;
}

/**
 * Partitioned topics that groups of consumers read each at its own pace. Every implementation passes
 * `testing/transport-contract.ts`: order within a partition, nothing lost, what was not handled comes again,
 * groups independent of each other.
 */
export interface Transport {
  /** Makes the topics that are missing. @throws Error where one exists with another number of partitions */
  ensureTopics(topics: readonly TransportTopic[]): Promise<void>;
  /** @throws Error with the fix where no such topic was ensured */
  partitionsOf(topic: string): number;
  /**
   * Appends the records, those of one partition in the order given.
   * @returns a proof for each record, in their order: only what has one may be forgotten by the sender
   * @throws where that can't be said of all; some may have been appended all the same
   */
  send(records: readonly TransportRecord[]): Promise<RecordPosition[]>;
  subscribe(request: SubscriptionRequest): Promise<Subscription>;
  lag(group: string, topics: readonly string[]): Promise<PartitionLag[]>;
  /** Reads a part of a topic as it stands now, outside every group, in batches of one partition each. */
  read(range: ReadRange): AsyncIterable<StoredRecord[]>;
  /** Resolves where the transport answers, rejects where it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
