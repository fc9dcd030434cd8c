import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeUnless, waitFor } from '@followthrough/testing';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { kafkaMissing } from './kafka-jars';
import { redisMissing } from './redis';
import { startStack, type Stack } from './stack';

describeUnless(kafkaMissing() ?? redisMissing())('the stack', () => {
  let folder: string;
  const started: Stack[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'followthrough stack '));
  });

  afterAll(async () => {
    await Promise.all(started.map((stack) => stack.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<Parameters<typeof startStack>[0]> = {}): Promise<Stack> {
    const stack = await startStack({ folder, ...options });
    started.push(stack);
    return stack;
  }

  async function topicsOf(brokers: string): Promise<string[]> {
    const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    try {
      await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 2 }], waitForLeaders: false });
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  }

  async function postgresVersion(url: string): Promise<string> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    await client.end();
    return rows[0]!.server_version;
  }

  async function redisAnswers(url: string): Promise<string> {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return ((await redis.config('GET', 'maxmemory-policy')) as string[]).join(' ');
    } finally {
      redis.disconnect();
    }
  }

  it('gives addresses at which all three servers answer, keeps their data, ends what it started and only that', async () => {
    const first = await start();
    const { DATABASE_URL, REDIS_URL, KAFKA_BROKERS } = first.environment;
    expect(await postgresVersion(DATABASE_URL)).toMatch(/^1[78]/);
    expect(await redisAnswers(REDIS_URL)).toBe('maxmemory-policy noeviction');
    expect(await topicsOf(KAFKA_BROKERS)).toEqual(['kept']);

    const other = mkdtempSync(join(tmpdir(), 'followthrough stack '));
    const second = await start({ folder: other, given: first.environment });
    expect(second.environment).toEqual(first.environment);
    await second.stop();
    rmSync(other, { recursive: true, force: true });
    expect(await redisAnswers(REDIS_URL)).toBe('maxmemory-policy noeviction');

    const properties = readFileSync(join(folder, 'kafka', 'broker-1', 'server.properties'), 'utf8');
    expect(properties).toContain('process.roles=broker,controller');
    await first.stop();
    await expect(redisAnswers(REDIS_URL)).rejects.toThrow();

    const again = await start();
    await waitFor(async () => (await topicsOf(again.environment.KAFKA_BROKERS)).includes('kept'));
    await again.stop();
  });

  it('says what is wrong where a server does not start, and leaves none behind', async () => {
    const given = { DATABASE_URL: 'unused', REDIS_URL: 'unused' };
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      await expect(startStack({ folder, given })).rejects.toThrow('Kafka needs Java 17 or newer');
    } finally {
      process.env.PATH = path;
      delete process.env.XDG_CACHE_HOME;
    }
  });
});
