import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor, type CuttableProxy } from '@followthrough/testing';
import { Redis } from 'ioredis';
import { assign, leaderOf, partitionsOf, produce, TOPIC } from './brokers';
import type { Random } from './random';
import { readTopic } from './topic-log';
import { BROKERS, services, type World } from './world';

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

/** For a while nobody comes through: connections break, or stay and carry nothing. @returns which of it */
async function interrupted(cable: CuttableProxy, random: Random, longest: number): Promise<string> {
  const silent = random.next() < 0.5;
  if (silent) cable.hold();
  else cable.cut();
  await seconds(random, 1, longest);
  cable.mend();
  return silent ? 'silence' : 'connections broke';
}

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

const cutBroker: Fault = {
  name: 'cut-broker',
  part: 'brokers',
  async strike(world, random) {
    const nth = random.between(1, BROKERS);
    const how = await interrupted(world.brokerCables[nth - 1]!, random, 5);
    return `nobody reached broker ${nth} (${how})`;
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
    await world.cluster.ended(broker);
    await seconds(random, 1, 3);
    await world.cluster.startBroker(broker);
    return `the disk of broker ${broker} was full; it ended, and started again with room`;
  },
};

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
    return `nobody reached PostgreSQL (${await interrupted(world.postgresCable, random, 4)})`;
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
