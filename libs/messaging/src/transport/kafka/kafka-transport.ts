import type { KafkaSettings, Logger } from '@followthrough/service-kit';
import type { Kafka } from 'kafkajs';
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
import { AdminQuestions } from './admin-questions';
import { kafkaClient } from './kafka-client';
import { readSpans, spansOf } from './kafka-reader';
import { KafkaSubscription } from './kafka-subscription';
import { KafkaTopics } from './kafka-topics';
import { ProvenProducer } from './proven-producer';
import { within } from './within';

const SESSION_TIMEOUT_MS = 10_000;
const PING_WITHIN_MS = 1200;

export interface KafkaTransportOptions {
  settings: KafkaSettings;
  /** By which the brokers know this process, in their logs and quotas. */
  clientId: string;
  log: Logger;
  /** Whether `ensureTopics` makes what is missing; if not given it only checks, and `ft events topics apply` makes. */
  makeTopics?: boolean;
  /** A member without a heartbeat for so long is taken for dead, and its partitions go to others; 10,000 if not given. */
  sessionTimeoutMs?: number;
}

/** Apache Kafka, through kafkajs. */
export class KafkaTransport implements Transport {
  private readonly kafka: Kafka;
  private readonly admin: AdminQuestions;
  private readonly producer: ProvenProducer;
  private readonly subscriptions = new Set<KafkaSubscription>();
  private readonly partitions = new Map<string, number>();

  constructor(private readonly options: KafkaTransportOptions) {
    this.kafka = kafkaClient(options.settings, options.clientId, options.log);
    this.admin = new AdminQuestions(this.kafka);
    this.producer = new ProvenProducer(this.kafka, options.log);
  }

  async ensureTopics(topics: readonly TransportTopic[]): Promise<void> {
    const { makeTopics, settings } = this.options;
    if (makeTopics) await this.applyTopics(topics);
    else await this.admin.ask((admin) => new KafkaTopics(admin, settings).check(topics));
    for (const { name, partitions } of topics) this.partitions.set(name, partitions);
  }

  /** Makes the topics that are missing, sets the configuration of the others; the names of those it has touched. */
  async applyTopics(topics: readonly TransportTopic[]): Promise<string[]> {
    return this.admin.ask((admin) => new KafkaTopics(admin, this.options.settings).apply(topics));
  }

  partitionsOf(topic: string): number {
    const partitions = this.partitions.get(topic);
    if (partitions === undefined) {
      throw new Error(`No topic ${topic} was made: add it to what is given to ensureTopics at start.`);
    }
    return partitions;
  }

  async send(records: readonly TransportRecord[]): Promise<RecordPosition[]> {
    if (records.length === 0) return [];
    for (const { topic, partition } of records) {
      const partitions = this.partitionsOf(topic);
      if (partition < partitions) continue;
      throw new Error(`Topic ${topic} has no partition ${partition}: it has ${partitions}.`);
    }
    return this.producer.send(records);
  }

  async subscribe(request: SubscriptionRequest): Promise<Subscription> {
    const { log, sessionTimeoutMs = SESSION_TIMEOUT_MS } = this.options;
    const subscription = await KafkaSubscription.start(request, { kafka: this.kafka, log, sessionTimeoutMs });
    this.subscriptions.add(subscription);
    return {
      assigned: () => subscription.assigned(),
      stop: async () => {
        if (this.subscriptions.delete(subscription)) await subscription.stop();
      },
    };
  }

  async lag(group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    const committed = new Map<string, number>();
    const offsets = await this.admin.ask((admin) =>
      admin.fetchOffsets({ groupId: group, topics: [...topics] }),
    );
    for (const { topic, partitions } of offsets) {
      for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, Number(offset));
    }
    const lags: PartitionLag[] = [];
    for (const topic of topics) {
      const ends = await this.admin.ask((admin) => admin.fetchTopicOffsets(topic));
      for (const { partition, low, high } of ends) {
        const offset = committed.get(`${topic}/${partition}`) ?? -1;
        // Below zero: the group has never committed, or somebody has reset it to the earliest or latest.
        const next = Math.max(Number(low), offset);
        const end = Number(high);
        lags.push({ topic, partition, end, next, lag: Math.max(0, end - next) });
      }
    }
    return lags.sort(
      (one, other) =>
        topics.indexOf(one.topic) - topics.indexOf(other.topic) || one.partition - other.partition,
    );
  }

  async *read(range: ReadRange): AsyncGenerator<StoredRecord[]> {
    const spans = await this.admin.ask((admin) => spansOf(admin, range, this.partitionsOf(range.topic)));
    yield* readSpans(this.kafka, range, spans);
  }

  /** A real question: connecting alone also succeeds where the broker then refuses everything. */
  async ping(): Promise<void> {
    const asked = this.admin.ask((admin) => admin.describeCluster());
    await within(PING_WITHIN_MS, asked, 'Kafka does not answer');
  }

  /** Consumers first, then what was sent, then the connection that all ask questions on. */
  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.subscriptions.clear();
    await this.producer.close();
    await this.admin.close();
  }
}
