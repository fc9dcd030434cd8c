import type { KafkaSettings, Logger } from '@followthrough/service-kit';
import type { Admin, Kafka } from 'kafkajs';
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
import { ADMIN_RETRY, kafkaClient } from './kafka-client';
import { readRange } from './kafka-reader';
import { KafkaSubscription } from './kafka-subscription';
import { KafkaTopics } from './kafka-topics';
import { ProvenProducer } from './proven-producer';

const SESSION_TIMEOUT_MS = 10_000;
const PING_WITHIN_MS = 3000;

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
  private readonly admin: Admin;
  private readonly producer: ProvenProducer;
  private readonly subscriptions = new Set<KafkaSubscription>();
  private readonly partitions = new Map<string, number>();
  private connecting: Promise<void> | null = null;

  constructor(private readonly options: KafkaTransportOptions) {
    this.kafka = kafkaClient(options.settings, options.clientId, options.log);
    this.admin = this.kafka.admin({ retry: ADMIN_RETRY });
    this.producer = new ProvenProducer(this.kafka, options.log);
  }

  async ensureTopics(topics: readonly TransportTopic[]): Promise<void> {
    const kafkaTopics = new KafkaTopics(await this.connected(), this.options.settings);
    if (this.options.makeTopics) await kafkaTopics.apply(topics);
    else await kafkaTopics.check(topics);
    for (const { name, partitions } of topics) this.partitions.set(name, partitions);
  }

  /** Makes the topics that are missing, sets the configuration of the others; the names of those it has touched. */
  async applyTopics(topics: readonly TransportTopic[]): Promise<string[]> {
    return new KafkaTopics(await this.connected(), this.options.settings).apply(topics);
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
    const admin = await this.connected();
    const committed = new Map<string, number>();
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId: group, topics: [...topics] })) {
      for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, Number(offset));
    }
    const lags: PartitionLag[] = [];
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
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
    yield* readRange(this.kafka, await this.connected(), range, this.partitionsOf(range.topic));
  }

  /** A real question: connecting alone also succeeds where the broker then refuses everything. */
  async ping(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Kafka does not answer')), PING_WITHIN_MS);
    });
    try {
      await Promise.race([this.connected().then((admin) => admin.describeCluster()), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Consumers first, then what was sent, then the connection that all ask questions on. */
  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.subscriptions.clear();
    await this.producer.close();
    await this.admin.disconnect();
  }

  private async connected(): Promise<Admin> {
    this.connecting ??= this.admin.connect();
    try {
      await this.connecting;
    } catch (error) {
      this.connecting = null;
      throw error;
    }
    return this.admin;
  }
}
