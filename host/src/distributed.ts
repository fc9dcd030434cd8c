import { claimDataDir, openServer } from '@followthrough/database';
import { KafkaTransport } from '@followthrough/messaging';
import { ConfigError, createLogger, type PlatformConfig } from '@followthrough/service-kit';
import { freePorts } from '@followthrough/stack';
import express from 'express';
import { forwardTo } from './forward-to';
import { FrontDoor } from './front-door';
import { instanceSecret } from './instance-secret';
import type { Say } from './platform';
import { startReplica, untilReady, type Replica } from './replicas';
import { services, topicsOfServices } from './services';
import { UndoStack } from './undo-stack';

export interface Distributed {
  url: string;
  stop(): Promise<void>;
}

/** Makes the topics that are missing and sets the configuration of the others; the names of those it has touched. */
export async function applyTopics(config: PlatformConfig): Promise<string[]> {
  if (!config.kafka) throw new ConfigError('KAFKA_BROKERS must say where Kafka is.');
  const log = createLogger(config.logLevel);
  const transport = new KafkaTransport({ settings: config.kafka, clientId: 'followthrough-operator', log });
  try {
    return await transport.applyTopics(topicsOfServices());
  } finally {
    await transport.close();
  }
}

/**
 * Starts every service as processes of its own behind one address, as a cluster would: databases and topics first,
 * then all replicas at once. All of the address goes to the portal's replicas in turn.
 * @param environment of the servers and of all else that a service reads
 * @param onLost told when a process has ended by itself; it is started again
 */
export async function startDistributed(
  config: PlatformConfig,
  environment: NodeJS.ProcessEnv,
  replicasOfEach: number,
  say: Say,
  onLost: (replica: Replica) => void,
): Promise<Distributed> {
  const started = new UndoStack();
  try {
    const claim = claimDataDir(config.dataDir);
    started.push(() => claim.release());
    const door = await FrontDoor.take(config);
    started.push(() => door.close());
    await Promise.all([makeDatabases(config), applyTopics(config)]);
    say('Databases and topics ready');

    const ports = await freePorts(services.length * replicasOfEach);
    const places = services.flatMap(({ name }) =>
      Array.from({ length: replicasOfEach }, (_, nth) => ({
        name,
        nth,
        url: `http://127.0.0.1:${ports.pop()}`,
      })),
    );
    const urlsOf = (service: string) => places.filter(({ name }) => name === service).map(({ url }) => url);
    const publicUrl = config.port === 0 ? `http://localhost:${door.port}` : config.publicUrl;
    const forEach: NodeJS.ProcessEnv = {
      ...environment,
      PUBLIC_URL: publicUrl,
      DATA_DIR: config.dataDir,
      SERVICE_URLS: services.map(({ name }) => `${name}=${urlsOf(name).join(' ')}`).join(','),
    };
    const hints: string[] = [];
    const onOutput = (line: string) => void hints.push(line);
    let ready = false;
    let stopping = false;
    // As a supervisor would: what was ready once is started again.
    const onExit = (lost: Replica): void => {
      if (!ready || stopping) return;
      onLost(lost);
      const { service, url } = lost;
      replicas[replicas.indexOf(lost)] = startReplica(service, url, forEach, {
        announce: false,
        onOutput,
        onExit,
      });
    };
    const replicas = places.map(({ name, nth, url }) =>
      startReplica(name, url, forEach, { announce: name === 'portal' && nth === 0, onOutput, onExit }),
    );
    started.push(async () => {
      stopping = true;
      await Promise.all(replicas.map((replica) => replica.stop()));
    });
    await Promise.all(replicas.map(untilReady));
    ready = true;
    const edge = express();
    edge.disable('x-powered-by');
    edge.use(forwardTo(urlsOf('portal')));
    door.open(edge);
    claim.announce(publicUrl);
    say(`Services ready: ${replicasOfEach} of each of ${services.map(({ name }) => name).join(', ')}`);
    for (const line of hints) console.log(line);
    return { url: publicUrl, stop: () => started.undo() };
  } catch (error) {
    await started.undo();
    throw error;
  }
}

/** Before the replicas start, which would otherwise make the same roles at the same time. */
async function makeDatabases(config: PlatformConfig): Promise<void> {
  const server = await openServer({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    instanceSecret: instanceSecret(config),
    log: createLogger(config.logLevel),
  });
  const names = services.map(({ name }) => `ft_${name}`);
  await Promise.all([...names, 'ft_jobs'].map((name) => server.ensureDatabase(name)));
  await server.stop();
}
