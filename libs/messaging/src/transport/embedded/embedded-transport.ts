import type { Logger } from '@followthrough/service-kit';
import { Pool } from 'pg';
import { Shares } from '../../shares';
import type {
  PartitionLag,
  ReadRange,
  RecordPosition,
  StoredRecord,
  Subscription,
  SubscriptionRequest,
  Transport,
  TransportRecord,
  TransportTopic,
} from '../transport';
import { append } from './append';
import { EmbeddedSubscription, type LogParts } from './embedded-subscription';
import { readOffsets } from './group-offsets';
import { LogEnds } from './log-ends';
import { readRange } from './log-reader';
import { LogTopics } from './log-topics';
import { expireRecords } from './retention';

const EXPIRE_EVERY_MS = 3_600_000;

export interface EmbeddedTransportOptions {
  /** Database of the log, migrated with `eventLogMigrations`, on the server that also holds the outboxes. */
  url: string;
  log: Logger;
  /** 12 if not given: a connection for each of this many questions at once. */
  poolSize?: number;
  /** 30 if not given. */
  retentionDays?: number;
}

/**
 * The event log in PostgreSQL.
 *
 * Its commits do not wait for the disk. Nothing can be lost by that, because outboxes, log and consumers write to
 * one server with one write-ahead log, of which a crash only ever cuts the end: a record that is gone after a
 * crash has its outbox row back, and an effect that is on disk has all before it on disk.
 */
export class EmbeddedTransport implements Transport {
  private readonly parts: LogParts;
  private readonly subscriptions = new Map<string, EmbeddedSubscription>();
  private readonly retentionDays: number;
  private readonly expiry: NodeJS.Timeout;

  constructor(options: EmbeddedTransportOptions) {
    const { log } = options;
    const pool = new Pool({
      connectionString: options.url,
      max: options.poolSize ?? 12,
      application_name: 'followthrough events',
      options: '-c synchronous_commit=off',
      keepAlive: true,
    });
    pool.on('error', (error) => log.warn({ err: error }, 'a connection to the event log was lost'));
    const topics = new LogTopics(pool);
    this.parts = {
      pool,
      topics,
      log,
      ends: new LogEnds(pool, topics, log),
      shares: new Shares(options.url, 'followthrough event shares'),
    };
    this.retentionDays = options.retentionDays ?? 30;
    this.expiry = setInterval(() => {
      this.expire().catch((error: unknown) => log.warn({ err: error }, 'old events could not be deleted'));
    }, EXPIRE_EVERY_MS);
    this.expiry.unref();
  }

  ensureTopics(topics: readonly TransportTopic[]): Promise<void> {
    return this.parts.topics.ensure(topics);
  }

  partitionsOf(topic: string): number {
    return this.parts.topics.get(topic).partitions;
  }

  async send(records: readonly TransportRecord[]): Promise<RecordPosition[]> {
    if (records.length === 0) return [];
    return append(this.parts.pool, this.parts.topics, this.parts.ends, records);
  }

  async subscribe(request: SubscriptionRequest): Promise<Subscription> {
    if (this.subscriptions.has(request.group)) {
      throw new Error(
        `Group ${request.group} is already subscribed in this process: give the second one its own name.`,
      );
    }
    const subscription = new EmbeddedSubscription(request, this.parts);
    this.subscriptions.set(request.group, subscription);
    return {
      assigned: () => subscription.assigned(),
      stop: async () => {
        await subscription.stop();
        this.subscriptions.delete(request.group);
      },
    };
  }

  async lag(group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    const offsets = await readOffsets(
      this.parts.pool,
      this.parts.topics,
      group,
      topics.map((topic) => this.parts.topics.get(topic)),
    );
    return offsets.map(({ topic, partition, end, next, lag }) => ({ topic, partition, end, next, lag }));
  }

  read(range: ReadRange): AsyncIterable<StoredRecord[]> {
    return readRange(this.parts.pool, this.parts.topics, range);
  }

  async ping(): Promise<void> {
    await this.parts.pool.query('select 1');
  }

  /** Deletes what is older than the retention; happens by itself every hour. */
  expire(): Promise<number> {
    return expireRecords(this.parts.pool, this.retentionDays);
  }

  async close(): Promise<void> {
    clearInterval(this.expiry);
    await Promise.all([...this.subscriptions.values()].map((subscription) => subscription.stop()));
    await this.parts.shares.close();
    await this.parts.pool.end();
  }
}
