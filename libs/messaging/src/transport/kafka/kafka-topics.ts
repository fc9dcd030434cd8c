import type { KafkaSettings } from '@followthrough/service-kit';
import {
  ConfigResourceTypes,
  ConfigSource,
  KafkaJSAggregateError,
  type Admin,
  type ITopicMetadata,
} from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import type { TransportTopic } from '../transport';

const DAY_MS = 86_400_000;
const TRIES = 20;
const APPLY = 'run `ft events topics apply` as a user who may do that';

/** Values of a topic's configuration by Kafka's names. */
type TopicConfig = Record<string, string>;

interface FoundConfig {
  effective: TopicConfig;
  /** Only what was set for the topic itself. */
  overrides: TopicConfig;
}

/**
 * Topics as our events need them: partitions as in the catalogue, records kept for the retention and then deleted, a
 * write acknowledged only when all replicas but one have it.
 */
export class KafkaTopics {
  constructor(
    private readonly admin: Admin,
    private readonly settings: Pick<KafkaSettings, 'replication' | 'retentionDays'>,
  ) {}

  /** @throws Error with a sentence that names the first topic that is not as it should be, and the fix */
  async check(topics: readonly TransportTopic[]): Promise<void> {
    const existing = new Set(await this.admin.listTopics());
    const missing = topics.find(({ name }) => !existing.has(name));
    if (missing) throw new Error(`Topic ${missing.name} is not in Kafka: ${APPLY}.`);
    await this.checkPartitions(topics);
    for (const [name, { effective }] of await this.configs(topics)) this.checkConfig(name, effective);
  }

  /**
   * Makes the topics that are missing and sets the configuration of the others.
   * @returns the names of those that were made or changed
   * @throws Error where one has other partitions or replicas, which only a person can change
   */
  async apply(topics: readonly TransportTopic[]): Promise<string[]> {
    const existing = new Set(await this.admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    if (missing.length > 0) await this.create(missing);
    await this.checkPartitions(topics);
    const changed = await this.configure(topics.filter(({ name }) => existing.has(name)));
    return [...missing.map(({ name }) => name), ...changed];
  }

  private wanted(): TopicConfig {
    const { replication, retentionDays } = this.settings;
    return {
      'cleanup.policy': 'delete',
      'retention.ms': String(retentionDays * DAY_MS),
      'min.insync.replicas': String(Math.max(1, replication - 1)),
    };
  }

  private async create(topics: readonly TransportTopic[]): Promise<void> {
    const configEntries = Object.entries(this.wanted()).map(([name, value]) => ({ name, value }));
    const { replication } = this.settings;
    await patiently(() =>
      // False where another process has just made one of them.
      this.admin.createTopics({
        waitForLeaders: false,
        topics: topics.map(({ name, partitions }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: replication,
          configEntries,
        })),
      }),
    );
  }

  private async configure(topics: readonly TransportTopic[]): Promise<string[]> {
    const wanted = this.wanted();
    const found = await this.configs(topics);
    const wrong = [...found].filter(([, { effective }]) =>
      Object.entries(wanted).some(([name, value]) => effective[name] !== value),
    );
    if (wrong.length === 0) return [];
    await this.admin.alterConfigs({
      validateOnly: false,
      // What is not named here would fall back to the broker's default.
      resources: wrong.map(([name, { overrides }]) => ({
        type: ConfigResourceTypes.TOPIC,
        name,
        configEntries: Object.entries({ ...overrides, ...wanted }).map(([key, value]) => ({
          name: key,
          value,
        })),
      })),
    });
    return wrong.map(([name]) => name);
  }

  private async checkPartitions(topics: readonly TransportTopic[]): Promise<void> {
    const { replication } = this.settings;
    const found = await this.metadata(topics.map(({ name }) => name));
    for (const { name, partitions } of topics) {
      const there = found.get(name)!;
      if (there.length !== partitions) {
        throw new Error(
          `Topic ${name} has ${there.length} partitions in Kafka and ${partitions} in the catalogue: ` +
            `set the catalogue back to ${there.length}, because with another number the order of what is already there is lost.`,
        );
      }
      const fewest = Math.min(...there.map(({ replicas }) => replicas.length));
      if (fewest < replication) {
        throw new Error(
          `Topic ${name} has ${fewest} replicas and KAFKA_REPLICATION is ${replication}: ` +
            `reassign its partitions to more brokers (kafka-reassign-partitions), or set KAFKA_REPLICATION=${fewest}.`,
        );
      }
    }
  }

  private checkConfig(topic: string, config: TopicConfig): void {
    for (const [name, value] of Object.entries(this.wanted())) {
      if (config[name] === value || (name === 'retention.ms' && config[name] === '-1')) continue;
      throw new Error(`Topic ${topic} has ${name}=${config[name]}, and ${value} is needed: ${APPLY}.`);
    }
  }

  /** A topic just made is not known to every broker at once, and its leaders are not yet chosen. */
  private metadata(names: string[]): Promise<Map<string, ITopicMetadata['partitions']>> {
    return patiently(async () => {
      const { topics } = await this.admin.fetchTopicMetadata({ topics: names });
      const leaderless = topics.find(({ partitions }) => partitions.some(({ leader }) => leader < 0));
      if (leaderless) throw new Error(`Topic ${leaderless.name} has a partition without a leader`);
      return new Map(topics.map(({ name, partitions }) => [name, partitions]));
    });
  }

  private async configs(topics: readonly TransportTopic[]): Promise<Map<string, FoundConfig>> {
    if (topics.length === 0) return new Map();
    const { resources } = await patiently(() =>
      this.admin.describeConfigs({
        includeSynonyms: false,
        resources: topics.map(({ name }) => ({ type: ConfigResourceTypes.TOPIC, name })),
      }),
    );
    return new Map(
      resources.map(({ resourceName, configEntries }) => {
        const valuesOf = (entries: typeof configEntries) =>
          Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
        const own = configEntries.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG);
        return [resourceName, { effective: valuesOf(configEntries), overrides: valuesOf(own) }];
      }),
    );
  }
}

const passing = /does not host this topic|without a leader|no leader for this topic/i;

/** On a cluster a broker may not have heard of a topic that another has just made. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const reason = reasonOf(error);
      if (attempt === TRIES || !passing.test(reason)) throw new Error(reason, { cause: error });
      await delay(50 * attempt);
    }
  }
}

/** Of many topics that could not be made, kafkajs names them only within. */
function reasonOf(error: unknown): string {
  if (error instanceof KafkaJSAggregateError) return error.errors.map(told).join('; ');
  return error instanceof Error ? error.message : String(error);
}

function told(error: Error | string): string {
  if (typeof error === 'string') return error;
  return 'topic' in error ? `${String(error.topic)}: ${error.message}` : error.message;
}
