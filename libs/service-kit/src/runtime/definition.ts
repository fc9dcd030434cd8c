import type { Database } from '@followthrough/database';
import type { DynamicModule, INestApplicationContext, Provider, Type } from '@nestjs/common';
import type { Registry } from 'prom-client';
import type { TokenVerifier } from '../access/token';
import type { Clock } from '../clock';
import type { PlatformConfig } from '../config';
import type { Logger } from '../log';

export type ServiceName = 'recommendations' | 'consultations' | 'funding' | 'notifications' | 'portal';

/** The platform's settings once the host has added what it keeps itself. */
export interface RuntimeConfig extends PlatformConfig {
  instanceSecret: Buffer;
}

/** Injection token of {@link RuntimeConfig}. */
export const CONFIG = Symbol('config');
/** Injection token of a service's own metrics registry (prom-client `Registry`). */
export const METRICS = Symbol('metrics');

/** What a service is given when it starts; it reaches for nothing else. */
export interface ServiceRuntime {
  name: ServiceName;
  config: RuntimeConfig;
  database: Database;
  log: Logger;
  metrics: Registry;
  clock: Clock;
  tokens: TokenVerifier;
  /** Reasons why the service cannot work now; empty: ready. */
  readiness: () => Promise<string[]>;
  /** Further shared parts (jobs, mailer) by class. */
  providers: Provider[];
  /** Routes that every service has beside its own. */
  modules?: (DynamicModule | Type)[];
}

/**
 * What a service is, told to the host that runs it.
 * @typeParam TConsumer a consumer of `libs/messaging`
 * @typeParam TJobs a queue of `libs/jobs`
 * @typeParam TSource a snapshot source of `libs/messaging`
 */
export interface ServiceDefinition<TConsumer, TJobs, TSource = never> {
  name: ServiceName;
  /** Folders of SQL migrations, absolute, those of the libraries first. */
  migrations: string[];
  /** TypeORM entities. */
  entities: Type[];
  module(runtime: ServiceRuntime): DynamicModule | Type;
  /** Consumer groups beside the one that is called as the service, as `<service>.<purpose>`. */
  furtherGroups?: string[];
  /** Everything that reaches the service as an event. */
  consumers(app: INestApplicationContext): TConsumer[];
  /** Everything that the service does by itself. */
  jobs(app: INestApplicationContext): TJobs[];
  /** What it owns and others keep a copy of, to be told again when asked. */
  snapshots?(app: INestApplicationContext): TSource;
  /** Tables that a backup holds, parents before children. */
  ownedTables: string[];
}
