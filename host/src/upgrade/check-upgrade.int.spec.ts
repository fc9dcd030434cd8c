import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openServer, readOnly, type PostgresServer } from '@followthrough/database';
import { eventLogMigrations, KafkaTransport } from '@followthrough/messaging';
import { createLogger, readConfig, type PlatformConfig } from '@followthrough/service-kit';
import { kafkaMissing, redisMissing, startKafka, startRedis } from '@followthrough/stack';
import { describeUnless } from '@followthrough/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { instanceSecret } from '../instance-secret';
import { services, topicsOfServices } from '../services';
import { checkUpgrade } from './check-upgrade';

const INSTANCE_SECRET = 'a secret that this installation was made with';
const names = ['ft_log', ...services.map(({ name }) => `ft_${name}`)];
const folder = mkdtempSync(join(tmpdir(), 'followthrough upgrade '));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = (given: NodeJS.ProcessEnv): PlatformConfig =>
  readConfig({ DATA_DIR: join(folder, 'data'), INSTANCE_SECRET, LOG_LEVEL: 'silent', ...given }, folder);

/** What was found about something, and what follows for the whole. */
async function found(config: PlatformConfig, about: string) {
  const { findings, canTakeOver } = await checkUpgrade(config);
  const finding = findings.find((one) => one.about === about);
  return { canTakeOver, level: finding?.level, sentence: finding?.sentence };
}

describe('on the built-in PostgreSQL', () => {
  let server: PostgresServer;
  const config = settings({});
  const start = () =>
    openServer({
      databaseUrl: null,
      dataDir: config.dataDir,
      instanceSecret: instanceSecret(config),
      log: { info: () => undefined, warn: () => undefined },
      durable: false,
    });

  const run = async (database: string, sql: string): Promise<void> => {
    const client = new Client({ connectionString: await server.ensureDatabase(database) });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };

  /** Every row of every table, the roles with their passwords, and what lies in the data folder. */
  async function state(): Promise<string> {
    const hash = createHash('sha256');
    const tables = `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n
      ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1`;
    for (const name of names) {
      await readOnly(await server.ensureDatabase(name), async (client) => {
        for (const table of (await client.query<{ name: string }>(tables)).rows) {
          hash.update(JSON.stringify([name, table, (await client.query(`TABLE ${table.name}`)).rows]));
        }
      });
    }
    await readOnly(server.adminUrl, async (client) => {
      const roles = 'SELECT rolname, rolpassword FROM pg_authid ORDER BY 1';
      const databases = 'SELECT datname FROM pg_database ORDER BY 1';
      hash.update(JSON.stringify([(await client.query(roles)).rows, (await client.query(databases)).rows]));
    });
    return `${hash.digest('hex')} ${readdirSync(config.dataDir).sort().join(' ')}`;
  }

  beforeAll(async () => {
    server = await start();
    const migrations = new Map(services.map((service) => [`ft_${service.name}`, service.migrations]));
    for (const name of names) {
      const directories = migrations.get(name) ?? [eventLogMigrations];
      await migrate({ url: await server.ensureDatabase(name), directories });
    }
  }, 60_000);

  afterAll(() => server.stop());

  /** As another process would that runs the installation. */
  async function whileClaimed<T>(work: () => Promise<T>): Promise<T> {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    const claim = join(config.dataDir, 'followthrough.pid');
    writeFileSync(claim, JSON.stringify({ pid: holder.pid, began: null, url: null }));
    try {
      return await work();
    } finally {
      holder.kill();
      rmSync(claim);
    }
  }

  it.each([
    [
      'an installation that is current',
      'SELECT 1',
      'SELECT 1',
      'yes',
      'good',
      /^Its schema is current, its locale is builtin; 0 events to send and 0 to try again/,
    ],
    [
      'a migration that has not run yet',
      `DELETE FROM schema_migration WHERE name = 'messaging/0001_messaging.sql'`,
      `INSERT INTO schema_migration (name, sha256) SELECT 'messaging/0001_messaging.sql', sha256 FROM kept`,
      'yes',
      'good',
      /^The start brings its schema up to date \(messaging\/0001_messaging\.sql\)/,
    ],
    [
      'a later release',
      `INSERT INTO schema_migration (name, sha256) VALUES ('funding/9999_from_the_future.sql', 'x')`,
      `DELETE FROM schema_migration WHERE sha256 = 'x'`,
      'no',
      'hinders',
      /^A later release has been here \(funding\/9999_from_the_future\.sql\): start that one/,
    ],
    [
      'a migration that ran with another text',
      `UPDATE schema_migration SET sha256 = 'y' WHERE name = 'messaging/0001_messaging.sql'`,
      `UPDATE schema_migration SET sha256 = (SELECT sha256 FROM kept) WHERE sha256 = 'y'`,
      'no',
      'hinders',
      /^The start would refuse messaging\/0001_messaging\.sql/,
    ],
    [
      'a parked event',
      `INSERT INTO parked_event (id, consumer, key, topic, partition, record_offset, value, headers, reason, attempts)
       VALUES (gen_random_uuid(), 'funding', 'a', 'recommendations.v1', 0, 1, '', '{}', 'for a test', 1)`,
      'DELETE FROM parked_event',
      'yes',
      'note',
      /^Parked events wait for a person, also after the upgrade \(1\): see to them with ft events parked/,
    ],
  ])('sees %s and changes nothing', async (_, before, after, canTakeOver, level, sentence) => {
    await run(
      'ft_funding',
      `CREATE TABLE kept AS SELECT sha256 FROM schema_migration WHERE name = 'messaging/0001_messaging.sql'`,
    );
    await run('ft_funding', before);
    const was = await state();
    const seen = await whileClaimed(() => found(config, 'ft_funding'));
    expect(await state()).toBe(was);
    await run('ft_funding', `${after}; DROP TABLE kept`);
    expect(seen).toEqual({ canTakeOver, level, sentence: expect.stringMatching(sentence) });
  });

  it('sees the same through DATABASE_URL', async () => {
    const was = await state();
    const { canTakeOver, findings } = await checkUpgrade(settings({ DATABASE_URL: server.adminUrl }));
    expect(await state()).toBe(was);
    expect(findings.filter(({ level }) => level !== 'good').map(({ about }) => about)).toEqual(['backup']);
    expect([canTakeOver, findings.map(({ about }) => about)]).toEqual([
      'yes',
      ['Node.js', 'PostgreSQL', ...names, 'disk', 'backup'],
    ]);
  });

  it('sees that the secret is another one, and does not set passwords by it', async () => {
    const was = await state();
    for (const given of [{}, { DATABASE_URL: server.adminUrl }]) {
      const other = settings({ ...given, INSTANCE_SECRET: 'another secret, as long as it has to be' });
      const { canTakeOver, findings } = await whileClaimed(() => checkUpgrade(other));
      expect(canTakeOver).toBe('no');
      expect(findings.find(({ level }) => level === 'hinders')?.sentence).toMatch(/INSTANCE_SECRET/);
    }
    expect(await state()).toBe(was);
  });

  it('runs a server that does not run for the time of the look, also with the wrong secret', async () => {
    await server.stop();
    const files = readdirSync(config.dataDir).sort();
    const other = settings({ INSTANCE_SECRET: 'another secret, as long as it has to be' });
    expect((await checkUpgrade(other)).canTakeOver).toBe('no');
    expect((await found(config, 'ft_portal')).level).toBe('good');
    expect(existsSync(join(config.dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(readdirSync(config.dataDir).sort()).toEqual(files);
    server = await start();
    expect(await whileClaimed(() => found(config, 'ft_portal'))).toMatchObject({ level: 'good' });
  });
});

it('makes nothing where nothing is', async () => {
  const config = settings({ DATA_DIR: join(folder, 'nothing') });
  const { canTakeOver, level, sentence } = await found({ ...config, instanceSecret: null }, 'PostgreSQL');
  expect([canTakeOver, level]).toEqual(['yes', 'good']);
  expect(sentence).toMatch(/^There is no data in .*nothing yet: the first start makes it\.$/);
  expect(existsSync(config.dataDir)).toBe(false);
});

it('does not take over the files of another major version of PostgreSQL', async () => {
  const dataDir = join(folder, 'older');
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
  const seen = await found(settings({ DATA_DIR: dataDir }), 'PostgreSQL');
  expect(seen).toMatchObject({
    canTakeOver: 'no',
    sentence: expect.stringMatching(
      /^The data in .* is of PostgreSQL 17, and this release brings 18.*ft backup/,
    ),
  });
  expect(readdirSync(dataDir)).toEqual(['postgres']);
});

it('does not guess where the server does not answer', async () => {
  const seen = await found(settings({ DATABASE_URL: 'postgres://someone@127.0.0.1:1/none' }), 'PostgreSQL');
  expect(seen).toEqual({
    canTakeOver: 'unknown',
    level: 'unknown',
    sentence: expect.stringMatching(/cannot be reached .*: start it, or correct DATABASE_URL/),
  });
});

describeUnless(redisMissing())('with Redis', () => {
  it('says what would lose jobs, and asks Redis only', async () => {
    const redis = await startRedis({ folder: join(folder, 'redis') });
    const client = new Redis(redis.url);
    const config = settings({ DATA_DIR: join(folder, 'nothing'), REDIS_URL: redis.url });
    try {
      expect((await found(config, 'Redis')).level).toBe('good');
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      expect(await found(config, 'Redis')).toMatchObject({
        canTakeOver: 'yes',
        level: 'note',
        sentence: expect.stringMatching(/maxmemory-policy is allkeys-lru.*: set noeviction/),
      });
      expect(await client.dbsize()).toBe(0);
      await redis.stop();
      expect((await found(config, 'Redis')).level).toBe('unknown');
    } finally {
      client.disconnect();
      await redis.stop();
    }
  }, 60_000);
});

describeUnless(kafkaMissing())('with Kafka', () => {
  it('asks for the topics to be applied, and makes none itself', async () => {
    const kafka = await startKafka({ folder: join(folder, 'kafka') });
    const given = { KAFKA_BROKERS: kafka.addresses.join(','), KAFKA_REPLICATION: '1' };
    const config = settings({ ...given, DATABASE_URL: 'postgres://someone@127.0.0.1:1/none' });
    const transport = new KafkaTransport({
      settings: config.kafka!,
      clientId: 'test',
      log: createLogger('silent'),
    });
    try {
      const sentence = expect.stringMatching(/^Topic \S+ is not in Kafka: run `ft events topics apply`/);
      expect(await found(config, 'Kafka')).toEqual({ canTakeOver: 'no', level: 'hinders', sentence });
      expect(await found(config, 'Kafka')).toEqual({ canTakeOver: 'no', level: 'hinders', sentence });
      await transport.applyTopics(topicsOfServices());
      expect((await found(config, 'Kafka')).level).toBe('good');
    } finally {
      await transport.close();
      await kafka.stop();
    }
    expect((await found(config, 'Kafka')).level).toBe('unknown');
  }, 120_000);
});
