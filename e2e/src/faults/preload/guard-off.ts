/** Loaded before a process under test: the relay believes kafkajs as it is, which is known to lose records. */
import type { Producer, TopicMessages } from 'kafkajs';
import { join } from 'node:path';

interface Sending {
  connected(): Promise<Producer>;
  discard(): Promise<void>;
}
interface SentRecord {
  topic: string;
  partition: number;
  key: string;
  value: string;
  headers: Record<string, string>;
}

const file = require.resolve('@followthrough/messaging');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ProvenProducer } = require(join(file, '..', 'transport', 'kafka', 'proven-producer.js')) as {
  ProvenProducer: { prototype: Record<string, unknown> };
};
ProvenProducer.prototype.sendNow = async function (this: Sending, records: readonly SentRecord[]) {
  const byTopic = new Map<string, TopicMessages>();
  for (const { topic, partition, key, value, headers } of records) {
    const held = byTopic.get(topic) ?? { topic, messages: [] };
    held.messages.push({ partition, key, value, headers });
    byTopic.set(topic, held);
  }
  try {
    const producer = await this.connected();
    await producer.sendBatch({ acks: -1, topicMessages: [...byTopic.values()] });
  } catch (error) {
    await this.discard();
    throw error;
  }
  return records.map(({ topic, partition }) => ({ topic, partition, offset: 0 }));
};
