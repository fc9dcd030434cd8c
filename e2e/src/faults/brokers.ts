import type { Admin, Kafka } from 'kafkajs';
import type { Random } from './random';
import type { World } from './world';

export const TOPIC = 'recommendations.v1';
/** Groups called so read a topic once, for the ledger. */
export const READING_AFRESH = 'faults-reading-';

/** A broker that leads some partition. */
export async function leaderOf(world: World, random: Random): Promise<{ broker: number; partition: number }> {
  const found = await partitionsOf(world);
  const { partitionId, leader } = random.pick(found);
  return { broker: leader, partition: partitionId };
}

/** Of the topic of recommendations, by their number. */
export async function partitionsOf(world: World) {
  return onAdmin(world.kafka(), async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
    return [...topics[0]!.partitions].sort((a, b) => a.partitionId - b.partitionId);
  });
}

/** Asks an admin client, which is gone afterwards. */
export async function onAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Writes records as they are, past our own producer. @returns where they lie */
export async function produce(
  world: World,
  messages: {
    partition: number;
    key: string | null;
    value: string | null;
    headers?: Record<string, string>;
  }[],
): Promise<{ partition: number; offset: number }[]> {
  const producer = world.kafka().producer({ allowAutoTopicCreation: false, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    const written = [];
    // One at a time: kafkajs loses none of a send to one partition.
    for (const message of messages) {
      const [proof] = await producer.send({ topic: TOPIC, acks: -1, messages: [message] });
      written.push({ partition: proof!.partition, offset: Number(proof!.baseOffset) });
    }
    return written;
  } finally {
    await producer.disconnect();
  }
}

/** Puts a partition on these brokers; one of them will lead it. */
export function assign(world: World, partition: number, replicas: number[]): Promise<void> {
  return onAdmin(world.kafka(), (admin) =>
    admin.alterPartitionReassignments({
      topics: [{ topic: TOPIC, partitionAssignment: [{ partition, replicas }] }],
    }),
  );
}

/** What the groups of the platform have read of which topics; those that only read afresh for the ledger left out. */
export async function readings(admin: Admin) {
  const { groups } = await admin.listGroups();
  return Promise.all(
    groups
      .filter(({ groupId }) => !groupId.startsWith(READING_AFRESH))
      .map(async ({ groupId }) => ({ groupId, topics: await admin.fetchOffsets({ groupId }) })),
  );
}
