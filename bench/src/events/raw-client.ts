import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel, type Consumer, type Message, type Producer } from 'kafkajs';
import { answerCalls, sharedClock } from './child';
import { TOPIC } from './effect';

const PARTITIONS = 6;
const ALL_REPLICAS = -1;
let kafka: Kafka;
let messages: (Message & { partition: number })[] = [];
let topics = 0;

/** Reads what the product's relay has written, until there are so many. */
async function collect(count: number): Promise<void> {
  const consumer = kafka.consumer({ groupId: `bench-collect-${process.pid}-${topics}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { key, value, headers } of batch.messages) {
        if (messages.length < count) messages.push({ key, value, headers, partition: batch.partition });
      }
    },
  });
  while (messages.length < count) await delay(20);
  await consumer.disconnect();
}

/** In the order of the outbox: partitions mixed, as a sender of facts has them. */
function mix(): void {
  const byPartition = Array.from({ length: PARTITIONS }, (_, partition) =>
    messages.filter((message) => message.partition === partition),
  );
  const longest = Math.max(...byPartition.map(({ length }) => length));
  messages = Array.from({ length: longest }, (_, nth) =>
    byPartition.flatMap((part) => part[nth] ?? []),
  ).flat();
}

async function newTopic(): Promise<string> {
  const topic = `bench.raw.${process.pid}.${(topics += 1)}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic, numPartitions: PARTITIONS, replicationFactor: 1 }],
  });
  await admin.disconnect();
  return topic;
}

async function newProducer(): Promise<Producer> {
  const producer = kafka.producer({ idempotent: true, allowAutoTopicCreation: false });
  await producer.connect();
  return producer;
}

async function produceAll(producer: Producer, topic: string, batchSize: number): Promise<void> {
  for (let start = 0; start < messages.length; start += batchSize) {
    await producer.send({ topic, acks: ALL_REPLICAS, messages: messages.slice(start, start + batchSize) });
  }
}

async function joined(consumer: Consumer): Promise<void> {
  await new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
}

const methods = {
  async open(brokers: string[], count: number): Promise<void> {
    kafka = new Kafka({ clientId: 'bench-raw', brokers, logLevel: logLevel.NOTHING });
    await collect(count);
    mix();
  },

  /** @returns messages a second */
  async produce(batchSize: number): Promise<number> {
    const [topic, producer] = [await newTopic(), await newProducer()];
    const began = sharedClock();
    await produceAll(producer, topic, batchSize);
    const seconds = (sharedClock() - began) / 1000;
    await producer.disconnect();
    return messages.length / seconds;
  },

  /** At once, in this one process. @returns messages a second, from the first send to the last one read */
  async produceAndConsume(batchSize: number): Promise<number> {
    const [topic, producer] = [await newTopic(), await newProducer()];
    const consumer = kafka.consumer({ groupId: topic });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    let read = 0;
    const ready = joined(consumer);
    await consumer.run({
      eachBatch: async ({ batch }) => {
        read += batch.messages.length;
      },
    });
    await ready;
    const began = sharedClock();
    await produceAll(producer, topic, batchSize);
    while (read < messages.length) await delay(5);
    const seconds = (sharedClock() - began) / 1000;
    await consumer.disconnect();
    await producer.disconnect();
    return messages.length / seconds;
  },
};

export type RawClient = typeof methods;
answerCalls(methods);
