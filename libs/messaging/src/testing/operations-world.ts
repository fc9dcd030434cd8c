import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Jobs } from '@followthrough/jobs';
import {
  CallerIdentity,
  createServiceApp,
  routesOf,
  serviceKitMigrations,
  type Role,
  type Route,
  type RuntimeConfig,
  type TokenVerifier,
} from '@followthrough/service-kit';
import { fixedClock } from '@followthrough/testing';
import { Module } from '@nestjs/common';
import { migrate } from '@followthrough/database';
import { Registry } from 'prom-client';
import type { Consumer } from '../consumer';
import { Messaging } from '../messaging';
import { EventsAtWork } from '../operations/events-at-work';
import { OperationsModule } from '../operations/operations.module';
import { log, type MessagingWorld } from './messaging-world';

/** The routes of an operator on a service that does nothing but consume. */
export interface OperationsWorld {
  routes: Route[];
  /** The status and body of an answer; `role` is that of the caller, null without sign-in. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    role?: Role | null,
  ): Promise<{ status: number; body: any }>;
  close(): Promise<void>;
}

/** @param consumers of the service `funding`, with handlers for all that the catalogue says it consumes */
export async function operationsWorld(
  world: MessagingWorld,
  consumers: readonly Consumer[],
): Promise<OperationsWorld> {
  const database = world.consumer;
  await migrate({ url: database.url, directories: [serviceKitMigrations], log });
  @Module({})
  class NothingElse {}
  const events = new EventsAtWork();
  const app = await createServiceApp(
    {
      name: 'funding',
      migrations: [],
      entities: [],
      module: () => NothingElse,
      consumers: () => [],
      jobs: () => [],
      ownedTables: [],
    },
    {
      name: 'funding',
      config: {} as RuntimeConfig,
      database,
      log,
      metrics: new Registry(),
      clock: fixedClock('2026-01-15T12:00:00Z'),
      tokens: { verify: async (role: Role) => callerOf(role) } as unknown as TokenVerifier,
      readiness: async () => [],
      providers: [{ provide: Jobs, useValue: { depths: async () => [] } }],
      modules: [OperationsModule.of(events)],
    },
  );
  const messaging = await Messaging.start({
    service: 'funding',
    database,
    transport: world.transport,
    consumers,
    log,
    metrics: new Registry(),
  });
  events.begin(messaging);
  const server = await listening(app.http.listen(0, '127.0.0.1'));
  const { port } = server.address() as AddressInfo;
  return {
    routes: routesOf(app.nest),
    async ask(method, path, body, role = 'administrator') {
      const response = await fetch(`http://127.0.0.1:${port}/api/funding/v1${path}`, {
        method,
        headers: {
          ...(role && { authorization: `Bearer ${role}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await messaging.stop();
      await app.nest.close();
    },
  };
}

async function listening(server: Server): Promise<Server> {
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

const callerOf = (role: Role): CallerIdentity =>
  new CallerIdentity(`member-${role}`, 'member', [
    { organisationId: 'org', organisationClass: 'government', roles: [role], states: ['*'] },
  ]);
