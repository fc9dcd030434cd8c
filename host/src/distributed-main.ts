import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '@followthrough/service-kit';
import { startStack, type Stack } from '@followthrough/stack';
import { startDistributed, type Distributed } from './distributed';
import { sentenceOf } from './sentence-of';

const root = join(__dirname, '..', '..');
const begin = performance.now();
const say = (line: string) => console.log(`${line} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);

/** `npm run start:distributed [-- --replicas 2 --brokers 3]`: every service as its own process, on servers of ours. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      replicas: { type: 'string', default: '1' },
      brokers: { type: 'string', default: '1' },
    },
  });
  const [replicas, brokers] = [Number(values.replicas), Number(values.brokers)];
  if (!(replicas >= 1 && replicas <= 8)) throw new ConfigError('--replicas takes a number from 1 to 8.');
  if (![1, 3].includes(brokers)) throw new ConfigError('--brokers takes 1 or 3.');

  let stack: Stack | null = null;
  let platform: Distributed | null = null;
  let stopping = false;
  const end = async (code: number): Promise<void> => {
    await platform?.stop();
    await stack?.stop();
    process.exit(code);
  };
  const fail = (error: unknown): void => {
    console.error(sentenceOf(error));
    process.exit(1);
  };
  const stop = (code: number): void => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log('Stopping ...');
    // Still starting: main() stops what has been started as soon as it can.
    if (platform) end(code).catch(fail);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));

  const { dataDir } = readConfig({ DATA_DIR: process.env.DATA_DIR }, root);
  const { DATABASE_URL, REDIS_URL, KAFKA_BROKERS } = process.env;
  stack = await startStack({
    folder: join(dataDir, 'stack'),
    brokers,
    given: { DATABASE_URL, REDIS_URL, KAFKA_BROKERS },
    say: (line) => console.log(line),
  });
  const own = KAFKA_BROKERS ? {} : { KAFKA_REPLICATION: String(brokers) };
  const environment = { ...process.env, ...own, ...stack.environment };
  try {
    platform = await startDistributed(readConfig(environment, root), environment, replicas, say, (lost) =>
      console.error(`A process of ${lost.service} (${lost.child.pid}) has ended and is started again.`),
    );
  } catch (error) {
    await stack.stop();
    throw error;
  }
  if (stopping) return end(0);
  console.log(`\n  Followthrough is ready: ${platform.url}/\n\n  Ctrl-C stops it; the data stays.`);
}

main().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(1);
});
