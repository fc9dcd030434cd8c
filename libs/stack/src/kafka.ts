import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { brokerProperties, scramArguments, type BrokerPorts, type BrokerSecurity } from './broker-settings';
import { findProgram, freePorts, runProgram, startChild, type ChildServer } from './child-server';
import { cacheFolder, kafkaJars, kafkaMissing, KAFKA_VERSION } from './kafka-jars';

export interface KafkaOptions {
  /** Where the brokers keep their files; what is there from an earlier run is used again. */
  folder: string;
  /** 1 if not given. */
  brokers?: number;
  /** If not given, anyone may do everything. */
  security?: BrokerSecurity;
  /** Broker settings by Kafka's own names, over those of `brokerProperties`. */
  settings?: Record<string, string | number>;
  /** `full` for measurements: slower to start, and as quick as a broker that has long been up. `little` if not given. */
  compiling?: 'little' | 'full';
  /** Puts something in the clients' way to a broker, given its `host:port`, and says where they reach that. */
  front?: (address: string) => Promise<string>;
  say?: (line: string) => void;
}

/** Brokers that run as our children, numbered from 1. */
export interface KafkaCluster {
  /** `host:port` of each broker, as clients reach it. */
  addresses: string[];
  /** Of the process that a broker is, or was last. */
  pidOf(id: number): number;
  /** Resolves when the process that a broker is has ended, however that came. */
  ended(id: number): Promise<void>;
  stopBroker(id: number, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts a broker again, on its old port and files; resolves when all that run know each other. */
  startBroker(id: number): Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 3000;
const LOGGING = `status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
`;

/** @throws Error with what is missing, or with what a broker said that did not start */
export async function startKafka(options: KafkaOptions): Promise<KafkaCluster> {
  const missing = kafkaMissing();
  if (missing) throw new Error(missing);
  const { folder, brokers = 1, security = null, settings = {}, compiling = 'little', front, say } = options;
  const java = javaCommand(kafkaJars(say));
  const free = await freePorts(brokers * 3);
  const ports: BrokerPorts[] = Array.from({ length: brokers }, (_, nth) => ({
    client: free[3 * nth]!,
    controller: free[3 * nth + 1]!,
    internal: free[3 * nth + 2]!,
  }));
  const clients = ports.map(({ client }) => `127.0.0.1:${client}`);
  const addresses = front ? await Promise.all(clients.map(front)) : clients;
  const clusterId = keptClusterId(folder);
  const children: ChildServer[] = [];
  const start = (id: number): void => {
    const home = join(folder, `broker-${id}`);
    const file = join(home, 'server.properties');
    mkdirSync(home, { recursive: true });
    const dataFolder = join(home, 'data');
    const broker = { id, ports, dataFolder, front: addresses[id - 1]!, security, more: settings };
    writeFileSync(file, brokerProperties(broker), { mode: 0o600 });
    writeFileSync(join(home, 'log4j2.properties'), LOGGING);
    if (!existsSync(join(dataFolder, 'meta.properties'))) {
      const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', file];
      runProgram(java.path, [...java.quick, ...format, ...scramArguments(security)], home);
    }
    children[id - 1] = startChild(
      java.path,
      [
        ...(compiling === 'full' ? java.common : [...java.quick, ...java.archive(id)]),
        '-Xmx384m',
        '-XX:+UseSerialGC',
        'kafka.Kafka',
        file,
      ],
      home,
    );
  };
  const ready = () => allAnswer(ports, children);
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
    java.keepArchive();
  };
  try {
    for (let id = 1; id <= brokers; id += 1) start(id);
    await ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    addresses,
    pidOf: (id) => children[id - 1]!.pid,
    ended: (id) => children[id - 1]!.ended,
    stopBroker: async (id, signal) => children[id - 1]!.stop(signal),
    startBroker: async (id) => {
      start(id);
      await ready();
    },
    stop,
  };
}

/** "Ready" is when a client is told of every broker that runs. */
async function allAnswer(ports: readonly BrokerPorts[], children: readonly ChildServer[]): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  const running = children.flatMap((child, nth) => (child.running() ? [{ child, ports: ports[nth]! }] : []));
  for (;;) {
    const ended = running.find(({ child }) => !child.running());
    if (ended) throw new Error(`Kafka did not start; it said:\n${ended.child.words()}`);
    const known = await Promise.all(running.map((one) => brokersKnownTo(one.ports)));
    if (known.every((count) => count >= running.length)) return;
    if (Date.now() > until) {
      const words = running.map(({ child }, nth) => `${known[nth]} known: ${child.words().slice(-700)}`);
      throw new Error(`Kafka was not ready within ${READY_WITHIN_MS / 1000} s:\n${words.join('\n')}`);
    }
    await delay(100);
  }
}

async function brokersKnownTo({ internal }: BrokerPorts): Promise<number> {
  const admin = new Kafka({
    clientId: 'stack',
    brokers: [`127.0.0.1:${internal}`],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 0 },
  }).admin();
  const asked = admin.connect().then(async () => (await admin.describeCluster()).brokers.length);
  const patience = new AbortController();
  // kafkajs may wait for ever for a broker that is just starting.
  const late = delay(ANSWER_WITHIN_MS, 0, { signal: patience.signal });
  try {
    return await Promise.race([asked, late]);
  } catch {
    return 0;
  } finally {
    patience.abort();
    late.catch(() => undefined);
    asked.catch(() => undefined);
    admin.disconnect().catch(() => undefined);
  }
}

function keptClusterId(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'cluster-id');
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString('base64url').replace(/^-/, 'A'));
  return readFileSync(file, 'utf8').trim();
}

/** Java with what makes a short life quick: little compiling, and classes from an archive that the first run leaves. */
function javaCommand(jars: string) {
  const path = findProgram('java')!;
  const { mtimeMs } = statSync(path);
  const kept = join(cacheFolder(), `kafka-${KAFKA_VERSION}-${Math.round(mtimeMs)}.jsa`);
  const fresh = `${kept}.${process.pid}`;
  const common = ['-Dlog4j2.configurationFile=log4j2.properties', '-cp', join(jars, '*')];
  return {
    path,
    common,
    quick: ['-XX:TieredStopAtLevel=1', '-Xshare:auto', ...common],
    archive(id: number): string[] {
      if (existsSync(kept)) return [`-XX:SharedArchiveFile=${kept}`];
      return id === 1 ? [`-XX:ArchiveClassesAtExit=${fresh}`] : [];
    },
    keepArchive(): void {
      if (existsSync(fresh) && !existsSync(kept)) renameSync(fresh, kept);
      rmSync(fresh, { force: true });
    },
  };
}
