import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventData, EventType, RecommendationState } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { localMailbox, Mailer } from '@followthrough/mail';
import type { ReceivedEvent } from '@followthrough/messaging';
import {
  CallerIdentity,
  createLogger,
  createServiceApp,
  Problem,
  type RuntimeConfig,
  type ServiceApp,
  type TokenVerifier,
} from '@followthrough/service-kit';
import { fixedClock, testDatabase, type FixedClock } from '@followthrough/testing';
import { Registry } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { notificationsService } from '..';
import { DueWork } from '../outbound/due-work';
import { ComposeDigest } from '../usecases/compose-digest';
import { Deliver } from '../usecases/deliver';
import { PlanForgotten } from '../usecases/plan-forgotten';
import { RecoverDelivery } from '../usecases/recover-delivery';

/** The service against a real database, with time that stands still and work that is done when told to. */
export class NotificationsUnderTest {
  private constructor(
    readonly database: Database,
    readonly clock: FixedClock,
    private readonly app: ServiceApp,
    private readonly server: Server,
    readonly mailer: Mailer,
  ) {}

  static async start(options: { smtpUrl: string | null; config?: Partial<RuntimeConfig> }) {
    const clock = fixedClock('2026-05-06T10:00:00Z');
    const database = await testDatabase({ migrations: notificationsService.migrations });
    const config = {
      profile: 'embedded',
      publicUrl: 'https://followthrough.example',
      loopback: true,
      instanceSecret: Buffer.alloc(32, 7),
      ...options.config,
    } as RuntimeConfig;
    const mailer = new Mailer({
      smtpUrl: options.smtpUrl,
      from: 'Followthrough <no-reply@followthrough.example>',
      publicUrl: config.publicUrl,
      localMailbox: localMailbox.url,
    });
    const app = await createServiceApp(notificationsService, {
      name: 'notifications',
      config,
      database,
      log: createLogger('silent'),
      metrics: new Registry(),
      clock: clock,
      tokens: tokens as unknown as TokenVerifier,
      readiness: () => Promise.resolve([]),
      providers: [
        { provide: Jobs, useValue: { hint: () => undefined } },
        { provide: Mailer, useValue: mailer },
      ],
    });
    const server = createServer(app.http);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new NotificationsUnderTest(database, clock, app, server, mailer);
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.server.close(done));
    await this.app.nest.close();
    await this.database.close();
  }

  get<T>(token: abstract new (...parts: never[]) => T): T {
    return this.app.nest.get(token);
  }

  /** Hands events to their handlers, each run of one handler's events in a transaction, as a consumer would. */
  async receive(...events: ReceivedEvent[]): Promise<void> {
    const [consumer] = notificationsService.consumers(this.app.nest);
    for (let from = 0; from < events.length;) {
      const handler = consumer?.handlers.find(({ events: types }) => types.includes(events[from]!.type));
      if (!handler) throw new Error(`Nobody handles ${events[from]?.type}.`);
      let to = from + 1;
      while (to < events.length && handler.events.includes(events[to]!.type)) to++;
      const batch = events.slice(from, to);
      await this.database.transaction((tx) => handler.handle(tx, batch));
      from = to;
    }
  }

  /** Does all work that is due by now, as hints and sweeps would. */
  async work(): Promise<void> {
    const due = this.get(DueWork);
    for (let turn = 0; turn < 10; turn++) {
      const forgotten = await due.forgottenRecipients();
      for (const id of forgotten) await this.get(PlanForgotten).run(id);
      const lost = await due.lostLeases();
      for (const id of lost) await this.get(RecoverDelivery).run(id);
      const digests = await due.digests();
      await Promise.all(digests.map((id) => this.get(ComposeDigest).run(id)));
      const deliveries = await due.deliveries();
      await Promise.all(deliveries.map((id) => this.get(Deliver).run(id)));
      if (digests.length + deliveries.length + lost.length + forgotten.length === 0) return;
    }
  }

  async http(method: string, path: string, options: { as?: string; body?: unknown; headers?: object } = {}) {
    const { port } = this.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/notifications/v1${path}`, {
      method,
      headers: {
        ...(options.as ? { authorization: `Bearer ${options.as}` } : {}),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      text,
      json: isJson ? JSON.parse(text) : undefined,
      headers: response.headers,
    };
  }
}

/** A token is the member's id; `administrator` and `service` are what they say. */
const tokens = {
  verify: (token: string): Promise<CallerIdentity> => {
    const role = token === 'administrator' ? ['administrator' as const] : [];
    const kind = token === 'service' ? 'service' : 'member';
    if (token === 'bad') throw new Problem('unauthenticated', 'token-refused', 'Sign in again.');
    const membership = {
      organisationId: uuidv7(),
      organisationClass: 'nhri' as const,
      roles: role,
      states: ['*'],
    };
    return Promise.resolve(new CallerIdentity(token, kind, [membership]));
  },
  claimsFor: (audience: string, attestation: string) =>
    Promise.resolve(audience === 'notifications' ? (JSON.parse(attestation) as object) : null),
};

let offset = 0;

/** An event as it reaches a handler. */
export function received<T extends EventType>(
  type: T,
  aggregateId: string,
  data: EventData<T>,
  change: Partial<ReceivedEvent> = {},
): ReceivedEvent {
  return {
    id: uuidv7(),
    type,
    aggregateId,
    version: 1,
    generation: 0,
    stateUnderReview: null,
    visibility: 'public',
    data,
    occurredAt: new Date('2026-05-06T09:00:00Z'),
    snapshot: false,
    correlationId: null,
    causationId: null,
    traceparent: null,
    topic: type.split('.').slice(0, 2).join('.'),
    partition: 0,
    offset: offset++,
    ...change,
  } as ReceivedEvent;
}

export const aRecommendation = (change: Partial<RecommendationState> = {}): RecommendationState => ({
  recommendationId: uuidv7(),
  kind: 'recommendation',
  mechanism: 'UPR',
  stateUnderReview: 'SVN',
  cycle: 3,
  session: 34,
  symbol: 'A/HRC/43/15',
  paragraph: '121.10',
  text: 'Guarantee equality before the law',
  language: 'en',
  recommendingStates: ['FRA'],
  position: 'supported',
  actionCategory: 4,
  themes: ['equality'],
  groups: [],
  sdgs: ['5.1'],
  reviewDate: '2019-11-12',
  demo: false,
  sources: ['upr-info-csv'],
  ...change,
});

export function recorded(
  recommendation: RecommendationState,
  data: { importId?: string; announce?: boolean } = {},
  change: Partial<ReceivedEvent> = {},
): ReceivedEvent {
  const { importId = '', announce = true } = data;
  const type = 'recommendations.v1.RecommendationRecorded';
  return received(type, recommendation.recommendationId, { recommendation, importId, announce }, change);
}

export function importApplied(
  importId: string,
  announcedEvents: number,
  change: { demo?: boolean } = {},
): ReceivedEvent {
  return received('recommendations.v1.ImportApplied', importId, {
    ...COUNTS,
    importId,
    announcedEvents,
    ...change,
  });
}

export function importUndone(importId: string): ReceivedEvent {
  return received('recommendations.v1.ImportUndone', importId, { ...COUNTS, importId, announcedEvents: 0 });
}

const COUNTS = {
  format: 'upr-info-csv',
  announce: true,
  recorded: 0,
  revised: 0,
  withdrawn: 0,
  unchanged: 0,
  rejected: 0,
  statesUnderReview: ['SVN'],
  demo: false,
};
