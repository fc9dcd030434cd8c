import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@followthrough/testing';
import { Redis } from 'ioredis';
import type { Random } from './random';
import { readTopic } from './topic-log';
import { BROKERS, services, type World } from './world';

export const TOPIC = 'recommendations.v1';
const MINUTE_MS = 60_000;

/** What is broken: two faults at once never break the same. */
type Part = 'service' | 'brokers' | 'redis' | 'postgres' | 'records' | 'clock';

export interface Fault {
  name: string;
  part: Part;
  /** Breaks something and mends it. @returns what was done, for the log */
  strike(world: World, random: Random): Promise<string>;
}

const seconds = (random: Random, low: number, high: number): Promise<void> =>
  delay(random.between(low * 1000, high * 1000));

/** Waits until the supervisor has put another process in the place of the one that ended. */
async function replaced(world: World, service: string, victim: number): Promise<void> {
  await waitFor(
    () => {
      const now = world.installation.processesOf(service);
      return now.length === 2 && !now.includes(victim);
    },
    { timeout: 60_000, what: `${service} to be started again`, every: 100 },
  );
}

function killing(service: (typeof services)[number]): Fault {
  return {
    name: `kill-${service}`,
    part: 'service',
    async strike(world, random) {
      await seconds(random, 0, 2);
      const victim = random.pick(world.installation.processesOf(service));
      process.kill(victim, 'SIGKILL');
      await replaced(world, service, victim);
      return `kill -9 of one ${service}`;
    },
  };
}

function leaderGone(name: string, signal: 'SIGTERM' | 'SIGKILL'): Fault {
  return {
    name,
    part: 'brokers',
    async strike(world, random) {
      const { broker, partition } = await leaderOf(world, random);
      await world.cluster.stopBroker(broker, signal);
      await seconds(random, 1, 4);
      await world.cluster.startBroker(broker);
      return `broker ${broker}, which led partition ${partition}, ended with ${signal} and started again`;
    },
  };
}

async function leaderOf(world: World, random: Random): Promise<{ broker: number; partition: number }> {
  const found = await partitionsOf(world);
  const { partitionId, leader } = random.pick(found);
  return { broker: leader, partition: partitionId };
}

async function partitionsOf(world: World) {
  return onAdmin(world, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
    return [...topics[0]!.partitions].sort((a, b) => a.partitionId - b.partitionId);
  });
}

async function onAdmin<T>(
  world: World,
  work: (admin: ReturnType<ReturnType<World['kafka']>['admin']>) => Promise<T>,
): Promise<T> {
  const admin = world.kafka().admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function produce(
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

/** Under a partition the leader changes while every broker is well: kafkajs loses what it sends just then. */
const leaderMoves: Fault = {
  name: 'leader-moves',
  part: 'brokers',
  async strike(world, random) {
    const all = await partitionsOf(world);
    for (const { partitionId, replicas, leader } of random.shuffled(all)) {
      const others = replicas.filter((broker) => broker !== leader);
      await assign(world, partitionId, others);
      await waitFor(
        async () => {
          const now = (await partitionsOf(world))[partitionId]!;
          return now.leader !== leader && now.leader >= 0;
        },
        { timeout: 60_000, what: `partition ${partitionId} to have another leader` },
      );
      await assign(world, partitionId, [...others, leader]);
      await delay(random.between(0, 600));
    }
    return `the ${all.length} partitions of ${TOPIC} got another leader, one after another`;
  },
};

function assign(world: World, partition: number, replicas: number[]): Promise<void> {
  return onAdmin(world, (admin) =>
    admin.alterPartitionReassignments({
      topics: [{ topic: TOPIC, partitionAssignment: [{ partition, replicas }] }],
    }),
  );
}

const cutBroker: Fault = {
  name: 'cut-broker',
  part: 'brokers',
  async strike(world, random) {
    const nth = random.between(1, BROKERS);
    const cable = world.brokerCables[nth - 1]!;
    const silent = random.next() < 0.5;
    if (silent) cable.hold();
    else cable.cut();
    await seconds(random, 1, 5);
    cable.mend();
    return `nobody reached broker ${nth} (${silent ? 'silence' : 'connections broke'})`;
  },
};

const cutBrokers: Fault = {
  name: 'cut-all-brokers',
  part: 'brokers',
  async strike(world, random) {
    for (const cable of world.brokerCables) cable.cut();
    await seconds(random, 1, 5);
    for (const cable of world.brokerCables) cable.mend();
    return 'nobody reached any broker';
  },
};

/** A broker that may write no further byte, as on a full disk: it gives its folder up and ends. */
const fullDisk: Fault = {
  name: 'full-disk',
  part: 'brokers',
  async strike(world, random) {
    const broker = random.between(1, BROKERS);
    const pid = world.cluster.pidOf(broker);
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), '--fsize=1'], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`No limit could be set: ${stderr}`);
    await waitFor(() => !runs(pid), {
      timeout: 60_000,
      what: 'the broker with the full disk to end',
      every: 50,
    });
    await seconds(random, 1, 3);
    await world.cluster.startBroker(broker);
    return `the disk of broker ${broker} was full; it ended, and started again with room`;
  },
};

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const redisKilled: Fault = {
  name: 'kill-redis',
  part: 'redis',
  async strike(world, random) {
    await world.redis.stop('SIGKILL');
    await seconds(random, 1, 3);
    await world.redis.start();
    return 'Redis ended with SIGKILL and started again';
  },
};

const redisFlushed: Fault = {
  name: 'flush-redis',
  part: 'redis',
  async strike(world, random) {
    await seconds(random, 0, 2);
    const redis = new Redis(world.redis.url);
    await redis.flushall();
    redis.disconnect();
    return 'Redis was emptied';
  },
};

const postgresKilled: Fault = {
  name: 'kill-postgres',
  part: 'postgres',
  async strike(world, random) {
    await world.postgres.stop('SIGKILL');
    await seconds(random, 0, 2);
    await world.postgres.start();
    return 'PostgreSQL ended with SIGKILL and started again';
  },
};

const cutPostgres: Fault = {
  name: 'cut-postgres',
  part: 'postgres',
  async strike(world, random) {
    const silent = random.next() < 0.5;
    if (silent) world.postgresCable.hold();
    else world.postgresCable.cut();
    await seconds(random, 1, 4);
    world.postgresCable.mend();
    return `nobody reached PostgreSQL (${silent ? 'silence' : 'connections broke'})`;
  },
};

const AGAIN = 150;

const duplicates: Fault = {
  name: 'duplicates',
  part: 'records',
  async strike(world, random) {
    const records = (await readTopic(world.kafka(), TOPIC)).filter(({ headers }) => 'ce_id' in headers);
    const again = random.shuffled(records).slice(0, AGAIN);
    await produce(world, again);
    return `${again.length} records were written again, in another order`;
  },
};

const poison: Fault = {
  name: 'poison',
  part: 'records',
  async strike(world, random) {
    const partition = random.between(0, (await partitionsOf(world)).length - 1);
    const headers: Record<string, string> =
      random.next() < 0.5 ? {} : { ce_type: `${TOPIC}.RecommendationRecorded` };
    world.poisoned.push(
      ...(await produce(world, [{ partition, key: 'poison', value: '{"not": ', headers }])),
    );
    return `a record that nobody can read was written to partition ${partition}`;
  },
};

const rebalances: Fault = {
  name: 'rebalances',
  part: 'service',
  async strike(world, random) {
    const service = random.pick(services);
    const times = random.between(3, 6);
    for (let time = 0; time < times; time += 1) {
      const victim = random.pick(world.installation.processesOf(service));
      process.kill(victim, 'SIGTERM');
      await replaced(world, service, victim);
      process.kill(random.pick(world.witnesses).pid, 'SIGKILL');
      await delay(random.between(0, 800));
    }
    return `${times} times one ${service} was stopped and came back, and a witness was killed`;
  },
};

const clockJumps: Fault = {
  name: 'clock-jumps',
  part: 'clock',
  async strike(world, random) {
    const service = random.pick(services);
    const pid = random.pick(world.installation.processesOf(service));
    const minutes = random.pick([-90, -10, 10, 90]);
    world.setClock(pid, minutes * MINUTE_MS);
    await seconds(random, 3, 6);
    world.setClock(pid, 0);
    return `the clock of one ${service} was ${minutes} minutes off for a while`;
  },
};

export const allFaults: readonly Fault[] = [
  ...services.map(killing),
  leaderGone('broker-graceful', 'SIGTERM'),
  leaderGone('broker-killed', 'SIGKILL'),
  leaderMoves,
  cutBroker,
  cutBrokers,
  fullDisk,
  redisKilled,
  redisFlushed,
  postgresKilled,
  cutPostgres,
  duplicates,
  poison,
  rebalances,
  clockJumps,
];
