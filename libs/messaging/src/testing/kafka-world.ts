import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, type KafkaSettings } from '@followthrough/service-kit';
import { startKafka, type KafkaCluster, type KafkaOptions } from '@followthrough/stack';
import { KafkaTransport, type KafkaTransportOptions } from '../transport/kafka/kafka-transport';

/** A Kafka of a test file's own, on files that go with it. */
export interface KafkaWorld {
  cluster: KafkaCluster;
  settings: KafkaSettings;
  /** A transport that makes its topics; it is closed with the world. */
  connect(over?: Partial<KafkaTransportOptions>): KafkaTransport;
  close(): Promise<void>;
}

export async function kafkaWorld(options: Omit<KafkaOptions, 'folder'> = {}): Promise<KafkaWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-kafka-'));
  const cluster = await startKafka({
    folder,
    ...options,
    // A broker that was killed is waited for so long before it may come back.
    settings: { 'broker.session.timeout.ms': 3000, ...options.settings },
  });
  const settings: KafkaSettings = {
    brokers: cluster.addresses,
    tls: null,
    sasl: null,
    replication: options.brokers ?? 1,
    retentionDays: 30,
  };
  const opened: KafkaTransport[] = [];
  return {
    cluster,
    settings,
    connect(over = {}) {
      const log = createLogger(process.env.LOG_LEVEL ?? 'silent');
      const transport = new KafkaTransport({ settings, clientId: 'test', log, makeTopics: true, ...over });
      opened.push(transport);
      return transport;
    },
    async close() {
      await Promise.all(opened.map((transport) => transport.close()));
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
