import type { Logger } from '@followthrough/service-kit';
import type { Pool } from 'pg';
import { Bell } from '../../bell';
import type { Shares } from '../../shares';
import {
  PartitionLostError,
  type RecordBatch,
  type Subscription,
  type SubscriptionRequest,
} from '../transport';
import { commitOffset, readOffsets } from './group-offsets';
import { HeldPartition } from './held-partition';
import type { LogEnds } from './log-ends';
import { fetchRecords } from './log-reader';
import type { LogTopic, LogTopics } from './log-topics';

const CLAIM_EVERY_MS = 3000;
const CLAIM_SOON_MS = 250;
const AFTER_FAILURE_MS = 500;
/** More partitions than a topic will ever have: makes one number of topic and partition. */
const PARTS_PER_TOPIC = 10_000;

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
      Array.from({ length: partitions }, (_, partition) => id * PARTS_PER_TOPIC + partition),
    );
    this.unwatch = log.ends.watch(() => this.bell.ring());
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
    this.partitions.clear();
    await this.log.shares.leave(this.name).catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.turn();
      } catch (error) {
        this.log.log.warn({ err: error, group: this.request.group }, 'the event log does not answer');
        await this.bell.wait(AFTER_FAILURE_MS);
      }
    }
  }

  private async turn(): Promise<void> {
    if (Date.now() >= this.claimAt) await this.claim();
    const fetched = await this.fetch();
    this.handOver();
    if (!fetched) await this.bell.wait(this.untilNextTurn());
  }

  private async claim(): Promise<void> {
    const { shares } = this.log;
    const { surplus, settled } = await shares.claim(this.name, this.parts);
    this.claimAt = Date.now() + (settled ? CLAIM_EVERY_MS : CLAIM_SOON_MS);
    for (const held of this.partitions.values()) {
      if (surplus.includes(held.part) || !shares.held(this.name).has(held.part)) held.leaving = true;
    }
    await this.giveBack();
    const gained = [...shares.held(this.name)].filter((part) => !this.partitions.has(part));
    if (gained.length === 0) return;
    for (const offset of await readOffsets(this.log.pool, this.log.topics, this.request.group, this.topics)) {
      this.log.ends.advance(offset.topicId, offset.partition, offset.end);
      const part = offset.topicId * PARTS_PER_TOPIC + offset.partition;
      if (!gained.includes(part)) continue;
      const topic = this.log.topics.get(offset.topic);
      this.partitions.set(part, new HeldPartition(part, topic, offset.partition, offset.next));
    }
  }

  /** Lets go of what is to be given back once nothing of it is in hand. */
  private async giveBack(): Promise<void> {
    const idle = [...this.partitions.values()].filter((held) => held.leaving && !held.running);
    if (idle.length === 0) return;
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
    for (const record of await fetchRecords(pool, topics, wants, this.request.batchSize)) {
      this.partitions
        .get(topics.get(record.topic).id * PARTS_PER_TOPIC + record.partition)
        ?.waiting.push(record);
    }
    for (const { held, end } of wanting) {
      held.waiting.sort((one, other) => one.offset - other.offset);
      // Nothing there below the end: it has outlived its retention.
      held.position = held.waiting.length > 0 ? held.waiting.at(-1)!.offset + 1 : end;
    }
    return true;
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
    const { pool, shares } = this.log;
    return {
      topic: held.topic.name,
      partition: held.partition,
      records,
      handled: async (offset) => {
        await commitOffset(pool, this.request.group, held.topic.id, held.partition, offset + 1);
        held.handledUpTo(offset);
      },
      heartbeat: async () => {
        if (shares.held(this.name).has(held.part)) return;
        throw new PartitionLostError(`Partition ${held.partition} of ${held.topic.name} was lost`);
      },
    };
  }

  private untilNextTurn(): number {
    const pauses = [...this.partitions.values()].map(({ pause }) => pause).filter((pause) => pause > 0);
    return Math.max(1, Math.min(this.claimAt - Date.now(), ...pauses));
  }
}
