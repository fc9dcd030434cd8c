import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyTopics } from '@followthrough/host';
import { readConfig } from '@followthrough/service-kit';
import {
  kafkaMissing,
  redisMissing,
  startKafka,
  startRedis,
  type KafkaCluster,
  type RedisServer,
} from '@followthrough/stack';
import {
  cuttableProxy,
  describeUnless,
  testServerUrl,
  waitFor,
  type CuttableProxy,
} from '@followthrough/testing';

const program = join(__dirname, '..', '..', 'host', 'dist', 'service-main.js');
const PATIENCE = { timeout: 60_000 };
const DATABASE = 'The database does not answer.';
const EVENTS = 'Events cannot be sent or received: their transport does not answer.';
const JOBS = 'The job queues do not answer.';

describeUnless(kafkaMissing() ?? redisMissing())('a service over Kafka, Redis and PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'followthrough-ready-'));
  let kafka: KafkaCluster;
  let redis: RedisServer;
  let toRedis: CuttableProxy;
  let toDatabase: CuttableProxy;
  let service: ChildProcess;
  let base: string;

  beforeAll(async () => {
    [kafka, redis] = await Promise.all([
      startKafka({ folder: join(folder, 'kafka') }),
      startRedis({ folder: join(folder, 'redis') }),
    ]);
    [toRedis, toDatabase] = await Promise.all([cuttableProxy(redis.url), cuttableProxy(testServerUrl())]);
    const environment = {
      PATH: process.env.PATH,
      DATA_DIR: join(folder, 'data'),
      PORT: '0',
      INSTANCE_SECRET: 'a secret of thirty-two characters',
      DATABASE_URL: toDatabase.url,
      REDIS_URL: toRedis.url,
      KAFKA_BROKERS: kafka.addresses.join(','),
      KAFKA_REPLICATION: '1',
      LOG_LEVEL: 'silent',
    };
    await applyTopics(readConfig(environment, folder));
    service = spawn(process.execPath, [program, 'funding'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await new Promise<string>((resolve, reject) => {
      service.stdout!.on('data', (part: Buffer) => {
        const told = /^ready: funding on port (\d+)/m.exec(part.toString());
        if (told) resolve(told[1]!);
      });
      service.once('exit', () => reject(new Error('It ended before it was ready.')));
    });
    base = `http://127.0.0.1:${port}/api/funding/v1`;
  }, 120_000);

  afterAll(async () => {
    if (service?.exitCode === null) {
      const ended = new Promise((resolve) => service.once('exit', resolve));
      service.kill('SIGKILL');
      await ended;
    }
    await Promise.all([toRedis?.close(), toDatabase?.close()]);
    await Promise.all([kafka?.stop(), redis?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** What a probe is told, and never later than in two seconds. */
  async function asked(): Promise<{ status: number; reasons: string[] }> {
    const answer = await fetch(`${base}/ready`, { signal: AbortSignal.timeout(2000) });
    return { status: answer.status, reasons: ((await answer.json()) as { reasons: string[] }).reasons };
  }

  const ready = () =>
    waitFor(async () => (await asked()).status === 200, { ...PATIENCE, what: 'it to be ready' });

  async function notReadyFor(reason: string): Promise<void> {
    const told = await waitFor(
      async () => {
        const now = await asked();
        return now.status === 503 ? now : null;
      },
      { ...PATIENCE, what: 'it to say that it is not ready' },
    );
    expect(told.reasons).toEqual([reason]);
    expect((await fetch(`${base}/health`)).status).toBe(200);
  }

  /** Of the broker that runs as our child. */
  function signalBroker(signal: NodeJS.Signals): void {
    const { stdout } = spawnSync('pgrep', ['-P', String(process.pid), 'java'], { encoding: 'utf8' });
    const pids = stdout.split('\n').filter(Boolean).map(Number);
    expect(pids).toHaveLength(1);
    process.kill(pids[0]!, signal);
  }

  it.each([
    ['its database is cut off', DATABASE, () => toDatabase.cut(), () => toDatabase.mend()],
    ['its database hangs', DATABASE, () => toDatabase.hold(), () => toDatabase.mend()],
    ['Redis is cut off', JOBS, () => toRedis.cut(), () => toRedis.mend()],
    ['Redis hangs', JOBS, () => toRedis.hold(), () => toRedis.mend()],
    ['Redis has died', JOBS, () => redis.stop('SIGKILL'), () => redis.start()],
    ['its broker hangs', EVENTS, () => signalBroker('SIGSTOP'), () => signalBroker('SIGCONT')],
    ['its broker has died', EVENTS, () => kafka.stopBroker(1, 'SIGKILL'), () => kafka.startBroker(1)],
  ] as [string, string, () => void | Promise<void>, () => void | Promise<void>][])(
    'is alive and not ready while %s, and ready again by itself',
    async (_, reason, breakDown, mend) => {
      await ready();
      await breakDown();
      await notReadyFor(reason);
      await mend();
      await ready();
    },
    180_000,
  );
});
