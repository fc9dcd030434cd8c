import type { Logger } from '@followthrough/service-kit';
import type { Pool } from 'pg';
import { Bell } from '../../bell';
import type { Shares } from '../../shares';
import {
  PartitionLostError,
  type RecordBatch,
  type StoredRecord,
  type Subscription,
  type SubscriptionRequest,
} from '../transport';
import { OffsetCommits, readOffsets } from './group-offsets';
import { HeldPartition } from './held-partition';
import type { LogEnds, Tail } from './log-ends';
import { fetchRecords, firstFrom } from './log-reader';
import type { LogTopic, LogTopics } from './log-topics';

const CLAIM_EVERY_MS = 3000;
const CLAIM_SOON_MS = 250;
const AFTER_FAILURE_MS = 500;
/** More partitions than a topic will ever have: makes one number of topic and partition. */
const PARTS_PER_TOPIC = 10_000;

const partOf = (topicId: number, partition: number): number => topicId * PARTS_PER_TOPIC + partition;

export interface LogParts {
  pool: Pool;
  topics: LogTopics;
  ends: LogEnds;
  shares: Shares;
  log: Logger;
}

/** One member of a group: claims its share of the partitions, fetches ahead, hands over batch by batch. */
export class EmbeddedSubscription implements Subscription {
  private readonly name: string;
  private readonly topics: LogTopic[];
  private readonly parts: number[];
  private readonly partitions = new Map<number, HeldPartition>();
  private readonly bell = new Bell();
  private readonly commits: OffsetCommits;
  private readonly unwatch: () => void;
  private readonly loop: Promise<void>;
  private claimAt = 0;
  private running = 0;
  private stopping = false;

  constructor(
    private readonly request: SubscriptionRequest,
    private readonly log: LogParts,
  ) {
    this.name = `group ${request.group}`;
    this.topics = request.topics.map((topic) => log.topics.get(topic));
    this.parts = this.topics.flatMap(({ id, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => partOf(id, partition)),
    );
    this.commits = new OffsetCommits(log.pool, request.group, (error) => this.complain(error));
    this.unwatch = log.ends.watch((tails) => this.grown(tails));
    this.loop = this.run();
  }

  assigned(): { topic: string; partition: number }[] {
    return [...this.partitions.values()]
      .filter(({ leaving }) => !leaving)
      .map(({ topic, partition }) => ({ topic: topic.name, partition }));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    await this.loop;
    await Promise.all([...this.partitions.values()].map((held) => held.running ?? Promise.resolve()));
    this.unwatch();
    await this.commits.close();
    this.partitions.clear();
    await this.log.shares.leave(this.name).catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.turn();
      } catch (error) {
        this.complain(error);
        await this.bell.wait(AFTER_FAILURE_MS);
      }
    }
  }

  private async turn(): Promise<void> {
    if (performance.now() >= this.claimAt) await this.claim();
    const fetched = await this.fetch();
    this.handOver();
    if (!fetched) await this.bell.wait(this.untilNextTurn());
  }

  private async claim(): Promise<void> {
    const { shares } = this.log;
    const { surplus, settled } = await shares.claim(this.name, this.parts);
    this.claimAt = performance.now() + (settled ? CLAIM_EVERY_MS : CLAIM_SOON_MS);
    for (const held of this.partitions.values()) {
      if (surplus.includes(held.part) || !shares.held(this.name).has(held.part)) held.leaving = true;
    }
    await this.giveBack();
    const gained = [...shares.held(this.name)].filter((part) => !this.partitions.has(part));
    if (gained.length === 0) return;
    for (const offset of await readOffsets(this.log.pool, this.log.topics, this.request.group, this.topics)) {
      this.log.ends.advance(offset.topicId, offset.partition, offset.end);
      const part = partOf(offset.topicId, offset.partition);
      if (!gained.includes(part)) continue;
      const topic = this.log.topics.get(offset.topic);
      this.partitions.set(part, new HeldPartition(part, topic, offset.partition, offset.next));
    }
  }

  /** Lets go of what is to be given back once nothing of it is in hand. */
  private async giveBack(): Promise<void> {
    const idle = [...this.partitions.values()].filter((held) => held.leaving && !held.running);
    if (idle.length === 0) return;
    await this.commits.settled();
    for (const { part } of idle) this.partitions.delete(part);
    await this.log.shares.release(
      this.name,
      idle.map(({ part }) => part),
    );
  }

  private async fetch(): Promise<boolean> {
    const { pool, topics, ends } = this.log;
    const wanting = [...this.partitions.values()]
      .map((held) => ({ held, end: ends.of(held.topic, held.partition) }))
      .filter(({ held, end }) => held.wantsMore(end));
    if (wanting.length === 0) return false;
    const wants = wanting.map(({ held }) => ({
      topicId: held.topic.id,
      partition: held.partition,
      fromOffset: held.position,
    }));
    const fetched = new Map<number, StoredRecord[]>();
    for (const record of await fetchRecords(pool, topics, wants, this.request.batchSize)) {
      const part = partOf(topics.get(record.topic).id, record.partition);
      const records = fetched.get(part);
      if (records) records.push(record);
      else fetched.set(part, [record]);
    }
    for (const [nth, { held, end }] of wanting.entries()) {
      const want = wants[nth]!;
      const records = fetched.get(held.part);
      if (records)
        held.take(
          want.fromOffset,
          records.sort((one, other) => one.offset - other.offset),
        );
      else held.skip(want.fromOffset, (await firstFrom(pool, want)) ?? end);
    }
    return true;
  }

  /** What this process has sent itself need not be fetched by a partition that has read all before it. */
  private grown(tails: readonly Tail[]): void {
    for (const { topicId, partition, records } of tails) {
      const held = this.partitions.get(partOf(topicId, partition));
      held?.take(records[0]!.offset, [...records]);
    }
    this.bell.ring();
  }

  private handOver(): void {
    for (const [part, held] of [...this.partitions]) {
      if (this.running >= this.request.concurrency || this.stopping) return;
      if (!held.ready) continue;
      // To the end of the queue, so that every partition has its turn.
      this.partitions.delete(part);
      this.partitions.set(part, held);
      this.running += 1;
      held.running = this.handle(held).finally(() => {
        held.running = null;
        this.running -= 1;
        if (held.leaving) this.claimAt = 0;
        this.bell.ring();
      });
    }
  }

  private async handle(held: HeldPartition): Promise<void> {
    // Blocks are fetched whole: there may be some more than a batch.
    const records = held.waiting.splice(0, this.request.batchSize);
    try {
      await this.request.onBatch(this.batchOf(held, records));
    } catch (error) {
      held.fallBack();
      if (error instanceof PartitionLostError || this.stopping) return;
      this.log.log.error(
        { err: error, group: this.request.group, topic: held.topic.name, partition: held.partition },
        'a batch of events was not handled and will be tried again',
      );
    }
  }

  private batchOf(held: HeldPartition, records: RecordBatch['records']): RecordBatch {
    const { shares } = this.log;
    return {
      topic: held.topic.name,
      partition: held.partition,
      records,
      handled: async (offset) => {
        held.handledUpTo(offset);
        this.commits.note({ topicId: held.topic.id, partition: held.partition, next: offset + 1 });
      },
      heartbeat: async () => {
        if (shares.held(this.name).has(held.part)) return;
        throw new PartitionLostError(`Partition ${held.partition} of ${held.topic.name} was lost`);
      },
    };
  }

  private complain(error: unknown): void {
    this.log.log.warn({ err: error, group: this.request.group }, 'the event log does not answer');
  }

  private untilNextTurn(): number {
    const pauses = [...this.partitions.values()].map(({ pause }) => pause).filter((pause) => pause > 0);
    return Math.max(1, Math.min(this.claimAt - performance.now(), ...pauses));
  }
}
