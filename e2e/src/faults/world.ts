import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startKafka,
  startPostgres,
  startRedis,
  type KafkaCluster,
  type PostgresChild,
  type RedisServer,
} from '@followthrough/stack';
import { cuttableProxy, type CuttableProxy } from '@followthrough/testing';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { Installation } from '../harness/installation';
import { MailServer } from '../harness/mail-server';
import { Supervised } from './supervised';

export const BROKERS = 3;
const REPLICAS = 2;
/** Compiled: the processes are plain Node.js, also where the harness is run by the tests. */
const compiled = join(__dirname, '..', '..', 'dist', 'faults');

export const services = ['recommendations', 'consultations', 'funding', 'notifications', 'portal'] as const;

/** Every database that sends or receives events. */
export const databases = [...services.map((name) => `ft_${name}`), 'witness'];

/** What is switched off in the processes under test, to see that the ledger would tell. */
export type Sabotage = 'guard-off' | 'inbox-off';

/** Three brokers, Redis and PostgreSQL, each behind a cable that can be cut; two replicas of each service. */
export class World {
  /** Places of the records on the topic of recommendations that nobody can read. */
  readonly poisoned: { partition: number; offset: number }[] = [];

  private constructor(
    readonly folder: string,
    readonly cluster: KafkaCluster,
    readonly redis: RedisServer,
    readonly postgres: PostgresChild,
    /** Cables to the brokers, by number from 1 less one. */
    readonly brokerCables: CuttableProxy[],
    readonly postgresCable: CuttableProxy,
    readonly redisCable: CuttableProxy,
    readonly mails: MailServer,
    readonly installation: Installation,
    readonly witnesses: Supervised[],
  ) {}

  static async start(sabotage: readonly Sabotage[] = []): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'followthrough faults '));
    const brokerCables: CuttableProxy[] = [];
    const [cluster, redis, postgres, mails] = await Promise.all([
      startKafka({
        folder: join(folder, 'kafka'),
        brokers: BROKERS,
        // A broker that was killed is waited for so long before it may come back.
        settings: { 'broker.session.timeout.ms': 3000 },
        front: async (address) => {
          const cable = await cuttableProxy(`tcp://${address}`);
          brokerCables.push(cable);
          return new URL(cable.url).host;
        },
      }),
      startRedis({ folder: join(folder, 'redis') }),
      startPostgres({ folder: join(folder, 'postgres') }),
      MailServer.start(),
    ]);
    const [postgresCable, redisCable] = await Promise.all([
      cuttableProxy(postgres.url),
      cuttableProxy(redis.url),
    ]);
    mkdirSync(join(folder, 'clocks'));
    const preloads = ['clock', ...sabotage];
    const environment = {
      DATABASE_URL: postgresCable.url,
      REDIS_URL: redisCable.url,
      KAFKA_BROKERS: cluster.addresses.join(','),
      KAFKA_REPLICATION: String(BROKERS),
      SMTP_URL: mails.url,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      FAULTS_CLOCKS: join(folder, 'clocks'),
      NODE_OPTIONS: preloads
        .map((name) => `--require "${join(compiled, 'preload', `${name}.js`)}"`)
        .join(' '),
    };
    const installation = await Installation.start({ replicas: REPLICAS, environment });
    await onDatabase(postgres.url, (client) => client.query('create database witness'));
    const ofWitness = new URL(postgresCable.url);
    ofWitness.pathname = '/witness';
    const witnesses = Array.from(
      { length: REPLICAS },
      () =>
        new Supervised(join(compiled, 'witness-main.js'), {
          ...process.env,
          ...environment,
          DATABASE_URL: ofWitness.href,
        }),
    );
    return new World(
      folder,
      cluster,
      redis,
      postgres,
      brokerCables,
      postgresCable,
      redisCable,
      mails,
      installation,
      witnesses,
    );
  }

  kafka(): Kafka {
    return new Kafka({ clientId: 'faults', brokers: this.cluster.addresses, logLevel: logLevel.NOTHING });
  }

  /** Rows of a database, read past the cables. */
  async rows<T>(database: string, sql: string, given: unknown[] = []): Promise<T[]> {
    const url = new URL(this.postgres.url);
    url.pathname = `/${database}`;
    return onDatabase(url.href, async (client) => (await client.query(sql, given)).rows as T[]);
  }

  /** Sets the clock of a process forward (or back) by so many milliseconds against all others. */
  setClock(pid: number, byMs: number): void {
    writeFileSync(join(this.folder, 'clocks', String(pid)), String(byMs));
  }

  async stop(): Promise<void> {
    await Promise.all(this.witnesses.map((witness) => witness.stop()));
    await this.installation.remove();
    await Promise.all([this.cluster.stop(), this.redis.stop(), this.postgres.stop(), this.mails.stop()]);
    await Promise.all(
      [...this.brokerCables, this.postgresCable, this.redisCable].map((cable) => cable.close()),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
