import { openServer } from '@followthrough/database';
import { localMailbox, Mailer } from '@followthrough/mail';
import { KafkaTransport } from '@followthrough/messaging';
import { portalForwarder, portalPages } from '@followthrough/portal';
import {
  ConfigError,
  createLogger,
  TokenVerifier,
  type PlatformConfig,
  type RuntimeConfig,
  type ServiceApp,
} from '@followthrough/service-kit';
import express, { type Express } from 'express';
import { createRemoteJWKSet } from 'jose';
import type { Registry } from 'prom-client';
import { forwardTo } from './forward-to';
import { FrontDoor } from './front-door';
import { instanceSecret } from './instance-secret';
import { metricsPage } from './metrics';
import { runService } from './run-service';
import { services } from './services';
import { startTraces } from './traces';
import { UndoStack } from './undo-stack';

/** One service in this process, of as many replicas as there are. */
export interface ServiceProcess {
  app: ServiceApp;
  config: RuntimeConfig;
  stop(): Promise<void>;
}

/**
 * Starts one service on the site's PostgreSQL and Kafka. The portal's process also serves the pages and hands the
 * other services' API on to them.
 * @throws ConfigError, DatabaseProblem: one sentence that says what to do. What had been started is stopped again.
 */
export async function startServiceProcess(name: string, given: PlatformConfig): Promise<ServiceProcess> {
  const definition = services.find((service) => service.name === name);
  const names = services.map((service) => service.name).join(', ');
  if (!definition) throw new ConfigError(`There is no service ${name}: choose one of ${names}.`);
  const { kafka, databaseUrl } = given;
  if (!kafka) throw new ConfigError('KAFKA_BROKERS must say where Kafka is, for a service that runs alone.');
  const started = new UndoStack();
  try {
    const door = await FrontDoor.take(given);
    started.push(() => door.close());
    const config: RuntimeConfig = { ...given, port: door.port, instanceSecret: instanceSecret(given) };
    const log = createLogger(config.logLevel);
    started.push(startTraces(config, `followthrough-${name}`, log));
    const server = await openServer({
      databaseUrl,
      dataDir: config.dataDir,
      instanceSecret: config.instanceSecret,
      log,
    });
    const jobsUrl = config.redisUrl ?? (await server.ensureDatabase('ft_jobs'));
    const url = await server.ensureDatabase(`ft_${name}`);
    const transport = new KafkaTransport({ settings: kafka, clientId: `followthrough-${name}`, log });
    started.push(() => transport.close());
    const portal = config.serviceUrls.portal?.[0] ?? `http://127.0.0.1:${config.port}`;
    const tokens = new TokenVerifier(
      config.publicUrl,
      createRemoteJWKSet(new URL('/api/portal/v1/jwks.json', portal)),
    );
    const mailer = new Mailer({
      smtpUrl: config.smtpUrl,
      from: config.smtpFrom,
      publicUrl: config.publicUrl,
      localMailbox: localMailbox.url,
    });
    const shared = { config, log, tokens, mailer, transport, jobsUrl, alone: false };
    const { app, metrics } = await runService(definition, url, shared, started);
    door.open(frontOf(definition.name, app, config, metrics));
    return { app, config, stop: () => door.close().then(() => started.undo()) };
  } catch (error) {
    await started.undo();
    throw error;
  }
}

function frontOf(name: string, app: ServiceApp, config: RuntimeConfig, metrics: Registry): Express {
  const front = express();
  front.disable('x-powered-by');
  front.set('trust proxy', config.trustedProxies);
  front.get('/metrics', metricsPage([metrics], config.metricsToken));
  if (name === 'portal') front.use('/api', portalForwarder(app.nest));
  front.use((request, response, next) => {
    if (!request.url.startsWith(`/api/${name}/`)) return next();
    app.http(request, response, next);
  });
  if (name !== 'portal') return front;
  for (const [other, urls] of Object.entries(config.serviceUrls)) {
    if (other !== 'portal') front.use(`/api/${other}/`, forwardTo(urls));
  }
  front.use(portalPages(app.nest));
  return front;
}
