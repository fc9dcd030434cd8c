import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { localMailbox, Mailer } from '@followthrough/mail';
import {
  CallerIdentity,
  createLogger,
  createServiceApp,
  type OrganisationClass,
  type Role,
  type RuntimeConfig,
  type ServiceApp,
  type TokenVerifier,
} from '@followthrough/service-kit';
import { fixedClock, testDatabase, type FixedClock } from '@followthrough/testing';
import { Registry } from 'prom-client';
import { v7 as uuidv7 } from 'uuid';
import { consultationsService } from '../index';

export interface PublishedEvent {
  type: string;
  aggregateId: string;
  version: number;
  stateUnderReview: string | null;
  visibility: string;
  data: any;
}

/** A caller of a role in some States; the token of a request is the role and States in this form. */
export const tokenOf = (role: Role, ...states: string[]) => `${role}:${states.join('+')}`;

/** The same for an organisation: `cso:<id>:contributor:SVN`. */
export const memberOf = (organisationId: string, cls: OrganisationClass, role: Role, ...states: string[]) =>
  `${role}:${states.join('+')}:${organisationId}:${cls}`;

export const OWN_ORGANISATION = '0199c3f0-0000-7000-8000-000000000001';

function callerOf(token: string): CallerIdentity {
  const [role, states, organisationId = OWN_ORGANISATION, cls = 'government'] = token.split(':') as [
    Role,
    string,
  ];
  return new CallerIdentity(`member-${role}`, 'member', [
    {
      organisationId,
      organisationClass: cls,
      roles: [role],
      states: states.split('+'),
    },
  ]);
}

interface Asked {
  token?: string;
  body?: unknown;
  bytes?: Buffer;
}

/** The service on a database of its own, with HTTP. */
export class RoadmapWorld {
  private constructor(
    readonly database: Database,
    readonly app: ServiceApp,
    readonly clock: FixedClock,
    private readonly server: Server,
  ) {}

  static async open(): Promise<RoadmapWorld> {
    const database = await testDatabase(consultationsService);
    const clock = fixedClock('2026-01-15T12:00:00Z');
    const config = {
      uploadLimitBytes: 5 * 1024 * 1024,
      publicUrl: 'https://followthrough.example',
      instanceSecret: Buffer.alloc(32, 7),
    } as RuntimeConfig;
    // Nothing here writes a mail; the service cannot be without one who would send it.
    const mailer = new Mailer({
      smtpUrl: null,
      from: 'Followthrough <no-reply@followthrough.example>',
      publicUrl: config.publicUrl,
      localMailbox: localMailbox.url,
    });
    const app = await createServiceApp(consultationsService, {
      name: 'consultations',
      config,
      database,
      log: createLogger('silent'),
      metrics: new Registry(),
      clock,
      tokens: { verify: async (token: string) => callerOf(token) } as TokenVerifier,
      readiness: async () => [],
      providers: [
        { provide: Jobs, useValue: { hint: () => undefined } },
        { provide: Mailer, useValue: mailer },
      ],
    });
    const server = app.http.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return new RoadmapWorld(database, app, clock, server);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.app.nest.close();
    await this.database.close();
  }

  async request(method: string, path: string, options: Asked = {}) {
    const { port } = this.server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/api/consultations/v1${path}`, {
      method,
      headers: {
        ...(options.token && { authorization: `Bearer ${options.token}` }),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...(options.bytes && { 'content-type': 'application/octet-stream' }),
      },
      body: options.bytes
        ? new Uint8Array(options.bytes)
        : options.body === undefined
          ? undefined
          : JSON.stringify(options.body),
    });
  }

  /** The JSON of an answer that has to be a success; by a coordinator of Slovenia unless told. */
  async json(method: string, path: string, options: Asked = {}): Promise<any> {
    const response = await this.request(method, path, { token: tokenOf('coordinator', 'SVN'), ...options });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Status and slug of a refusal. */
  async refusal(method: string, path: string, options: Asked = {}): Promise<[number, string]> {
    const response = await this.request(method, path, { token: tokenOf('coordinator', 'SVN'), ...options });
    const problem = (await response.json()) as { type: string };
    return [response.status, problem.type.replace('urn:followthrough:problem:', '')];
  }

  /** A recommendation as the service keeps it from events. */
  async recommendation(
    given: { state?: string; paragraph?: string; position?: string; symbol?: string; theme?: string } = {},
  ): Promise<string> {
    const id = uuidv7();
    await this.database.query(
      `insert into recommendation_copy (recommendation_id, generation, version, state_under_review, symbol, paragraph,
         text, position, themes) values ($1, 1, 1, $2, $3, $4, $5, $6, $7)`,
      [
        id,
        given.state ?? 'SVN',
        given.symbol ?? 'A/HRC/43/15',
        given.paragraph ?? '1.1',
        `Text of ${given.paragraph ?? '1.1'}`,
        given.position ?? 'supported',
        given.theme ? [given.theme] : [],
      ],
    );
    return id;
  }

  /** What has been published since the last call. */
  async published(): Promise<PublishedEvent[]> {
    const rows = await this.database.query(
      `delete from outbox returning sequence, type, aggregateid as "aggregateId", version,
         stateunderreview as "stateUnderReview", visibility, payload`,
    );
    rows.sort((a, b) => a.sequence - b.sequence);
    return rows.map(({ sequence: _, type, payload, ...event }) => ({
      ...event,
      type: (type as string).replace('consultations.v1.', ''),
      data: JSON.parse(payload as string),
    }));
  }
}
