import type { Logger } from '@followthrough/service-kit';
import type { Batch, Consumer, ConsumerCrashEvent, ConsumerGroupJoinEvent, Kafka } from 'kafkajs';
import { Bell } from '../../bell';
import { Gathering } from '../../gathering';
import {
  PartitionLostError,
  type RecordBatch,
  type StoredRecord,
  type Subscription,
  type SubscriptionRequest,
} from '../transport';
import { FetchedPartition } from './fetched-partition';
import { RETRY } from './kafka-client';
import { OffsetCommits } from './offset-commits';
import { storedRecord } from './stored-records';
import { within } from './within';

/** Batches fetched ahead of a partition before it is paused; half of them, and it goes on. */
const BATCHES_AHEAD = 8;
const MAX_BYTES = 2_000_000;
const MAX_BYTES_OF_PARTITION = 500_000;
const MAX_WAIT_MS = 250;
const HEARTBEAT_MS = 1000;
const AFTER_CRASH_MS = 1000;
const LEAVE_WITHIN_MS = 5000;

export interface SubscriptionParts {
  kafka: Kafka;
  log: Logger;
  /** Without a heartbeat for so long a member is taken for dead. */
  sessionTimeoutMs: number;
}

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * One member of a group. kafkajs only fetches: what it fetches waits here, is handed over batch by batch and committed
 * when it is handled. So no handler keeps kafkajs from fetching the other partitions or from its heartbeats, however
 * long it takes.
 */
export class KafkaSubscription implements Subscription {
  private readonly consumer: Consumer;
  private readonly commits: OffsetCommits;
  private readonly partitions = new Map<string, FetchedPartition>();
  /** Batches in hand, also of partitions that have been lost meanwhile. */
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly gathering = new Gathering();
  private readonly stopBell = new Bell();
  private memberId: string | null = null;
  private rebalancing = true;
  private stopping = false;

  private constructor(
    private readonly request: SubscriptionRequest,
    private readonly parts: SubscriptionParts,
  ) {
    const { sessionTimeoutMs } = parts;
    this.consumer = parts.kafka.consumer({
      groupId: request.group,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.min(HEARTBEAT_MS, sessionTimeoutMs / 4),
      maxBytes: MAX_BYTES,
      maxBytesPerPartition: MAX_BYTES_OF_PARTITION,
      maxWaitTimeInMs: MAX_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: async () => !this.stopping },
    });
    this.commits = new OffsetCommits(this.consumer, (error) =>
      parts.log.info({ err: error, group: request.group }, 'offsets could not be committed yet'),
    );
    const { events } = this.consumer;
    this.consumer.on(events.GROUP_JOIN, (event) => this.joined(event));
    this.consumer.on(events.REBALANCING, () => this.leaving());
    this.consumer.on(events.CRASH, (event) => this.crashed(event));
  }

  static async start(request: SubscriptionRequest, parts: SubscriptionParts): Promise<KafkaSubscription> {
    const subscription = new KafkaSubscription(request, parts);
    const { consumer } = subscription;
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...request.topics], fromBeginning: true });
      await subscription.run();
    } catch (error) {
      await consumer.disconnect().catch(() => undefined);
      throw error;
    }
    return subscription;
  }

  assigned(): { topic: string; partition: number }[] {
    return [...this.partitions.values()].map(({ topic, partition }) => ({ topic, partition }));
  }

  /** Stop fetching, drain, commit, leave the group. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.stopBell.ring();
    for (const held of this.partitions.values()) this.pause(held);
    await Promise.all(this.inHand.values());
    await this.inTime('the last offsets could not be committed', this.commits.close());
    await this.inTime('the group could not be left', this.consumer.disconnect());
    this.partitions.clear();
  }

  /** A Kafka that does not answer must not keep the process from ending; what it does not hear comes again. */
  private async inTime(otherwise: string, step: Promise<void>): Promise<void> {
    await within(LEAVE_WITHIN_MS, step, otherwise).catch((error: unknown) =>
      this.parts.log.warn({ err: error, group: this.request.group }, otherwise),
    );
  }

  private run(): Promise<void> {
    return this.consumer.run({
      autoCommit: false,
      eachBatch: async (payload) => {
        if (!payload.isStale()) this.fetched(payload.batch);
      },
    });
  }

  /** kafkajs goes on from the end of the batch, unless it is told to go elsewhere. */
  private fetched(batch: Batch): void {
    const held = this.partitions.get(keyOf(batch.topic, batch.partition));
    if (!held || this.stopping) return;
    const { fetchedOffset } = batch as Batch & { fetchedOffset: string };
    const records = batch.messages.map((message) => storedRecord(held.topic, held.partition, message));
    if (held.take(Number(fetchedOffset), records, Number(batch.lastOffset()) + 1)) {
      if (held.ahead >= this.request.batchSize * BATCHES_AHEAD) this.pause(held);
      this.handOver();
    } else this.seek(held);
  }

  private handOver(): void {
    for (const [key, held] of [...this.partitions]) {
      if (this.inHand.size >= this.request.concurrency || this.rebalancing || this.stopping) return;
      if (!held.ready || this.inHand.has(key)) continue;
      // To the end of the queue, so that every partition has its turn.
      this.partitions.delete(key);
      this.partitions.set(key, held);
      const handling = this.handle(held).finally(() => {
        this.inHand.delete(key);
        this.handOver();
      });
      this.inHand.set(key, handling);
    }
  }

  private async handle(held: FetchedPartition): Promise<void> {
    const { batchSize, group } = this.request;
    const records = held.handOver(batchSize);
    if (held.ahead < (batchSize * BATCHES_AHEAD) / 2) this.resume(held);
    try {
      await this.request.onBatch(this.batchOf(held, records));
      if (records.length < batchSize) this.letGather(held, records.length);
    } catch (error) {
      if (held.lost || this.stopping) return;
      this.fallBack(held);
      if (error instanceof PartitionLostError) return;
      this.parts.log.error(
        { err: error, group, topic: held.topic, partition: held.partition },
        'a batch of events was not handled and will be tried again',
      );
    }
  }

  private letGather(held: FetchedPartition, handled: number): void {
    const pause = this.gathering.pauseAfter(handled);
    if (pause > 0) held.rest(pause, () => this.handOver());
  }

  private batchOf(held: FetchedPartition, records: StoredRecord[]): RecordBatch {
    const { topic, partition } = held;
    return {
      topic,
      partition,
      records,
      handled: async (offset) => {
        if (held.lost) return;
        held.handledUpTo(offset);
        this.commits.note(keyOf(topic, partition), { topic, partition, next: offset + 1 });
      },
      heartbeat: async () => {
        if (held.lost) throw new PartitionLostError(`Partition ${partition} of ${topic} was lost`);
      },
    };
  }

  private fallBack(held: FetchedPartition): void {
    const pause = held.fallBack();
    this.pause(held);
    this.seek(held);
    setTimeout(() => this.resume(held), pause).unref();
  }

  private pause({ topic, partition }: FetchedPartition): void {
    this.whereRunning(() => this.consumer.pause([{ topic, partitions: [partition] }]));
  }

  private resume(held: FetchedPartition): void {
    const { topic, partition } = held;
    if (held.lost || this.stopping) return;
    this.whereRunning(() => this.consumer.resume([{ topic, partitions: [partition] }]));
  }

  private seek({ topic, partition, fetchFrom }: FetchedPartition): void {
    if (fetchFrom === null) return;
    this.whereRunning(() => this.consumer.seek({ topic, partition, offset: String(fetchFrom) }));
  }

  /** Between a crash of kafkajs and its restart there is no consumer; all is forgotten then when it joins again. */
  private whereRunning(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.parts.log.debug({ err: error, group: this.request.group }, 'the consumer does not run');
    }
  }

  /** Somebody comes or goes: nothing new is begun, and what is done is committed while it still counts. */
  private leaving(): void {
    this.rebalancing = true;
    this.commits.flush().catch(() => undefined);
  }

  private joined({ payload }: ConsumerGroupJoinEvent): void {
    // As a new member: what it held before has gone through other hands.
    const kept = payload.memberId === this.memberId;
    this.memberId = payload.memberId;
    const assigned = new Set(
      Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => keyOf(topic, partition)),
      ),
    );
    for (const [key, held] of this.partitions) {
      if (kept && assigned.has(key)) continue;
      held.lost = true;
      this.partitions.delete(key);
      this.commits.forget(key);
    }
    for (const [topic, partitions] of Object.entries(payload.memberAssignment)) {
      for (const partition of partitions) {
        const key = keyOf(topic, partition);
        const held = this.partitions.get(key) ?? new FetchedPartition(topic, partition);
        this.partitions.set(key, held);
        // kafkajs has forgotten where it was, and may still pause what an earlier member had paused.
        this.seek(held);
        if (held.ahead < (this.request.batchSize * BATCHES_AHEAD) / 2) this.resume(held);
      }
    }
    this.rebalancing = false;
    this.handOver();
  }

  /** kafkajs restarts by itself after what it takes for passing; after anything else it would stay dead. */
  private crashed({ payload: { error, restart } }: ConsumerCrashEvent): void {
    this.rebalancing = true;
    const { log } = this.parts;
    const { group } = this.request;
    if (this.stopping) return;
    log.warn({ err: error, group }, 'reading from Kafka was interrupted and begins again');
    if (!restart) void this.restart();
  }

  private async restart(): Promise<void> {
    await this.stopBell.wait(AFTER_CRASH_MS);
    if (this.stopping) return;
    try {
      await this.consumer.connect();
      await this.run();
    } catch (error) {
      this.parts.log.warn({ err: error, group: this.request.group }, 'Kafka does not answer');
      void this.restart();
    }
  }
}
