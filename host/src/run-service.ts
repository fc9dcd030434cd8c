import { Database, DatabaseProbe, migrate } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { Mailer } from '@followthrough/mail';
import {
  EventsAtWork,
  Messaging,
  OperationsModule,
  tellSnapshotJob,
  type Consumer,
  type Transport,
} from '@followthrough/messaging';
import {
  Clock,
  createServiceApp,
  type Logger,
  type RuntimeConfig,
  type ServiceApp,
  type TokenVerifier,
} from '@followthrough/service-kit';
import { Registry } from 'prom-client';
import { readinessOf } from './readiness';
import type { services } from './services';
import type { UndoStack } from './undo-stack';

/** An answer, or a connection. */
const PROBE_WITHIN_MS = 700;

/** What the services of a process have in common. */
export interface SharedParts {
  config: RuntimeConfig;
  log: Logger;
  tokens: TokenVerifier;
  mailer: Mailer;
  transport: Transport;
  /** Of Redis, or of a database for queues only. */
  jobsUrl: string;
  /** Whether no other process runs the service. */
  alone: boolean;
}

/**
 * Starts one service: schema, database, application, jobs, events. What is to be undone is put on the stack: events
 * stop first, then jobs, the application, the database.
 */
export async function runService(
  definition: (typeof services)[number],
  url: string,
  shared: SharedParts,
  started: UndoStack,
): Promise<{ app: ServiceApp; metrics: Registry }> {
  const { name } = definition;
  const { config, tokens, mailer, transport, jobsUrl, alone } = shared;
  await migrate({ url, directories: definition.migrations, log: shared.log });
  const log = shared.log.child({ service: name });
  const database = await Database.open({
    name,
    url,
    entities: definition.entities,
    poolSize: 8,
    onLostConnection: (error) => log.warn({ err: error }, 'a connection to the database was lost'),
  });
  started.push(() => database.close());
  const probe = new DatabaseProbe(url, `followthrough ${name} readiness`);
  started.push(() => probe.close());
  const metrics = new Registry();
  metrics.setDefaultLabels({ service: name });
  const jobs = await Jobs.open({ url: jobsUrl, service: name, log, metrics, alone });
  const events = new EventsAtWork();
  const app = await createServiceApp(definition, {
    name,
    config,
    database,
    log,
    metrics,
    clock: new Clock(),
    tokens,
    readiness: readinessOf([
      { sentence: 'The database does not answer.', ask: () => probe.ask(PROBE_WITHIN_MS) },
      {
        sentence: 'Events cannot be sent or received: their transport does not answer.',
        ask: () => transport.ping(),
      },
      { sentence: 'The job queues do not answer.', ask: () => jobs.ping() },
    ]),
    providers: [
      { provide: Jobs, useValue: jobs },
      { provide: Mailer, useValue: mailer },
    ],
    modules: [OperationsModule.of(events)],
  });
  started.push(() => app.nest.close());
  started.push(() => jobs.stop());
  const source = definition.snapshots?.(app.nest);
  await jobs.start([...definition.jobs(app.nest), ...(source ? [tellSnapshotJob(database, source)] : [])]);
  const consumers = definition.consumers(app.nest);
  checkGroups(definition, consumers);
  const messaging = await Messaging.start({
    service: name,
    database,
    transport,
    consumers,
    snapshotTopic: source?.topic,
    log,
    metrics,
  });
  events.begin(messaging);
  started.push(() => messaging.stop());
  return { app, metrics };
}

/** Topics are made before any service runs, so the groups must be known without one. */
function checkGroups(
  { name, furtherGroups = [] }: (typeof services)[number],
  consumers: readonly Consumer[],
): void {
  const unknown = consumers.find(({ group }) => group !== name && !furtherGroups.includes(group));
  if (unknown) throw new Error(`Add ${unknown.group} to the furtherGroups of the service ${name}.`);
}
