import { claimDataDir, migrate, openServer, type PostgresServer } from '@followthrough/database';
import { localMailbox, Mailer } from '@followthrough/mail';
import { EmbeddedTransport, eventLogMigrations } from '@followthrough/messaging';
import { portalForwarder, portalPages } from '@followthrough/portal';
import {
  ConfigError,
  createLogger,
  TokenVerifier,
  type Logger,
  type PlatformConfig,
  type RuntimeConfig,
  type ServiceApp,
  type ServiceName,
} from '@followthrough/service-kit';
import express, { type Express } from 'express';
import { createRemoteJWKSet } from 'jose';
import type { Registry } from 'prom-client';
import { FrontDoor } from './front-door';
import { instanceSecret } from './instance-secret';
import { metricsPage } from './metrics';
import { runService } from './run-service';
import { services } from './services';
import { startTraces } from './traces';
import { UndoStack } from './undo-stack';

export interface Platform {
  url: string;
  config: RuntimeConfig;
  apps: Map<ServiceName, ServiceApp>;
  stop(): Promise<void>;
}

/** Told what has just become ready, a line each. */
export type Say = (line: string) => void;

/**
 * Starts every service in this process.
 * @throws ConfigError, DatabaseProblem: one sentence that says what to do. What had been started is stopped again.
 */
export async function startPlatform(
  given: PlatformConfig,
  say: Say,
  onLost: (reason: string) => void,
): Promise<Platform> {
  if (given.kafka) {
    throw new ConfigError(
      'KAFKA_BROKERS is set, so each service is a process of its own: start each by its name, or unset it.',
    );
  }
  const started = new UndoStack();
  try {
    const claim = claimDataDir(given.dataDir);
    started.push(() => claim.release());
    const door = await FrontDoor.take(given);
    started.push(() => door.close());
    const config: RuntimeConfig = {
      ...given,
      port: door.port,
      publicUrl: given.port === 0 ? given.publicUrl.replace(/:0$/, `:${door.port}`) : given.publicUrl,
      instanceSecret: instanceSecret(given),
    };
    const log = createLogger(config.logLevel);
    started.push(startTraces(config, 'followthrough', log));

    const server = await openServer({
      databaseUrl: config.databaseUrl,
      dataDir: config.dataDir,
      instanceSecret: config.instanceSecret,
      databases: ['ft_log', 'ft_jobs', ...services.map(({ name }) => `ft_${name}`)],
      log,
    });
    started.push(() => server.stop());
    server.onUnexpectedExit(onLost);
    say(`Database ready: ${server.kind === 'embedded' ? 'embedded PostgreSQL' : 'your PostgreSQL'}`);

    const { apps, registries } = await startServices(config, server, log, started);
    door.open(frontOf(config, apps, registries));
    claim.announce(config.publicUrl);
    say(`Services ready: ${[...apps.keys()].join(', ')}`);
    return { url: config.publicUrl, config, apps, stop: () => door.close().then(() => started.undo()) };
  } catch (error) {
    await started.undo();
    throw error;
  }
}

async function startServices(config: RuntimeConfig, server: PostgresServer, log: Logger, started: UndoStack) {
  const [logUrl, jobsUrl] = await Promise.all([
    server.ensureDatabase('ft_log'),
    server.ensureDatabase('ft_jobs'),
  ]);
  await migrate({ url: logUrl, directories: [eventLogMigrations], log });
  const transport = new EmbeddedTransport({ url: logUrl, log });
  started.push(() => transport.close());
  const tokens = new TokenVerifier(
    config.publicUrl,
    createRemoteJWKSet(new URL(`http://127.0.0.1:${config.port}/api/portal/v1/jwks.json`)),
  );
  const mailer = new Mailer({
    smtpUrl: config.smtpUrl,
    from: config.smtpFrom,
    publicUrl: config.publicUrl,
    localMailbox: localMailbox.url,
  });

  const urls = new Map(
    await Promise.all(
      services.map(async ({ name }) => [name, await server.ensureDatabase(`ft_${name}`)] as const),
    ),
  );
  const apps = new Map<ServiceName, ServiceApp>();
  const registries: Registry[] = [];
  for (const definition of services) {
    const { name } = definition;
    const shared = { config, log, tokens, mailer, transport, jobsUrl, alone: true };
    const { app, metrics } = await runService(definition, urls.get(name)!, shared, started);
    registries.push(metrics);
    apps.set(name, app);
  }
  return { apps, registries };
}

function frontOf(config: RuntimeConfig, apps: Map<ServiceName, ServiceApp>, registries: Registry[]): Express {
  const front = express();
  front.disable('x-powered-by');
  front.set('trust proxy', config.trustedProxies);
  const portal = apps.get('portal')!.nest;
  front.get('/metrics', metricsPage(registries, config.metricsToken));
  front.use('/api', portalForwarder(portal));
  for (const [name, app] of apps) {
    front.use((request, response, next) => {
      if (!request.url.startsWith(`/api/${name}/`)) return next();
      app.http(request, response, next);
    });
  }
  front.use(portalPages(portal));
  return front;
}
