import { kafkaMissing } from '@followthrough/stack';
import { describeUnless } from '@followthrough/testing';
import { Kafka, logLevel, type Admin, type Producer } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../testing/eventually';
import { kafkaWorld, type KafkaWorld } from '../../testing/kafka-world';
import type { StoredRecord, TransportRecord } from '../transport';
import type { KafkaTransport } from './kafka-transport';

const PARTITIONS = 6;

describeUnless(kafkaMissing())('when a partition gets another leader', () => {
  let world: KafkaWorld;
  let kafka: Kafka;
  let admin: Admin;
  let transport: KafkaTransport;
  let topics = 0;
  let topic: string;

  beforeAll(async () => {
    world = await kafkaWorld({ brokers: 3 });
    kafka = new Kafka({ brokers: world.cluster.addresses, logLevel: logLevel.NOTHING });
    admin = kafka.admin();
    await admin.connect();
  });

  afterAll(async () => {
    await admin.disconnect();
    await world.close();
  });

  beforeEach(async () => {
    topic = `moves.${(topics += 1)}`;
    transport = world.connect();
    await transport.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
  });

  afterEach(() => transport.close());

  async function leaders(): Promise<number[]> {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topic] });
    return [...found[0]!.partitions]
      .sort((a, b) => a.partitionId - b.partitionId)
      .map(({ leader }) => leader);
  }

  /** Puts partitions where the test wants them, the first replica leading. */
  async function place(replicas: Map<number, number[]>): Promise<void> {
    await admin.alterPartitionReassignments({
      topics: [
        {
          topic,
          partitionAssignment: [...replicas].map(([partition, nodes]) => ({ partition, replicas: nodes })),
        },
      ],
    });
    await eventually(async () => {
      const now = await leaders();
      return [...replicas].every(([partition, [leader]]) => now[partition] === leader);
    });
  }

  const one = (partition: number, value: string): TransportRecord => ({
    topic,
    partition,
    key: `key-${partition}`,
    value,
    headers: {},
  });

  async function everything(): Promise<StoredRecord[]> {
    const fresh = world.connect({ settings: { ...world.settings, replication: 1 } });
    await fresh.ensureTopics([{ name: topic, partitions: PARTITIONS }]);
    const found: StoredRecord[] = [];
    for await (const batch of fresh.read({ topic })) found.push(...batch);
    return found;
  }
  const valuesOf = (records: StoredRecord[]) => records.map(({ value }) => value.toString());

  async function rawProducer(): Promise<Producer> {
    const producer = kafka.producer({ idempotent: true, allowAutoTopicCreation: false });
    await producer.connect();
    return producer;
  }

  describe('to a broker that has already answered a part of the same send', () => {
    beforeEach(() =>
      place(
        new Map([
          [0, [1]],
          [1, [2]],
        ]),
      ),
    );

    it('kafkajs alone says it is done, and has lost the rest', async () => {
      const producer = await rawProducer();
      const messages = (value: string) => [0, 1].map((partition) => ({ partition, key: 'k', value }));
      await producer.send({ topic, acks: -1, messages: messages('before') });
      await place(new Map([[1, [1]]]));
      await producer.send({ topic, acks: -1, messages: messages('after') });
      await producer.disconnect();
      expect(valuesOf(await everything()).sort()).toEqual(['after', 'before', 'before']);
    });

    it('our producer sends the rest again, and proves it', async () => {
      await transport.send([one(0, 'before'), one(1, 'before')]);
      await place(new Map([[1, [1]]]));
      const proofs = await transport.send([one(0, 'after'), one(1, 'after')]);
      expect(proofs).toEqual([
        { topic, partition: 0, offset: 1 },
        { topic, partition: 1, offset: 1 },
      ]);
      expect(valuesOf(await everything()).sort()).toEqual(['after', 'after', 'before', 'before']);
    });
  });

  it('a question that went to the old leader goes to the new one', async () => {
    await place(new Map([[0, [1]]]));
    await transport.send([one(0, '1')]);
    const lag = async () => (await transport.lag('asks', [topic]))[0]!.lag;
    expect(await lag()).toBe(1);
    await place(new Map([[0, [3]]]));
    expect(await lag()).toBe(1);
  });

  it('under load, gracefully and by kill -9, loses nothing, and keeps the order of each key', async () => {
    const received: StoredRecord[] = [];
    const subscription = await transport.subscribe({
      group: 'under-load',
      topics: [topic],
      batchSize: 100,
      concurrency: 3,
      onBatch: async (batch) => {
        received.push(...batch.records);
        await batch.handled(batch.records.at(-1)!.offset);
      },
    });
    let sent = 0;
    let loading = true;
    /** As the relay does: the next rows only when these have been proven. */
    const load = async (): Promise<void> => {
      while (loading) {
        const records = Array.from({ length: PARTITIONS * 5 }, (_, n) =>
          one(n % PARTITIONS, String(sent + n)),
        );
        try {
          await transport.send(records);
          sent += records.length;
        } catch {
          // Again, from the first.
        }
        // The brokers share the processors with us, and an election is missed where they get none.
        await delay(10);
      }
    };
    const loader = load();
    const moreIsSent = async (): Promise<void> => {
      const before = sent;
      await eventually(() => sent > before + 150, { timeout: 60_000 });
    };
    // Not the only holder of a partition: Kafka 4.3.1's controllers fail one after another when such a broker comes
    // back from kill -9 (QuorumController.handleBrokerShutdown).
    for (const [broker, signal] of [
      [1, 'SIGTERM'],
      [2, 'SIGKILL'],
    ] as const) {
      await moreIsSent();
      await world.cluster.stopBroker(broker, signal);
      await moreIsSent();
      await world.cluster.startBroker(broker);
    }
    await moreIsSent();
    loading = false;
    await loader;

    const expected = Array.from({ length: sent }, (_, n) => String(n));
    const log = await everything();
    const inLog = new Set(valuesOf(log));
    expect(expected.filter((value) => !inLog.has(value))).toEqual([]);
    await eventually(() => new Set(valuesOf(received)).size >= sent, { timeout: 60_000 });
    for (const records of [log, received]) expectOrder(records);
    await subscription.stop();
  });
});

/** What comes for the first time comes in order; what comes again is the inbox's to recognise. */
function expectOrder(records: StoredRecord[]): void {
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { key, value } of records) {
    const text = value.toString();
    if (seen.has(text)) continue;
    seen.add(text);
    expect(Number(text)).toBeGreaterThan(newest.get(key) ?? -1);
    newest.set(key, Number(text));
  }
}
