import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Database } from '@followthrough/database';
import { ImportFunnel } from '@followthrough/imports';
import { Jobs } from '@followthrough/jobs';
import {
  CallerIdentity,
  createLogger,
  createServiceApp,
  type Role,
  type RuntimeConfig,
  type ServiceApp,
  type TokenVerifier,
} from '@followthrough/service-kit';
import { fixedClock, testDatabase, type FixedClock } from '@followthrough/testing';
import { Registry } from 'prom-client';
import { recommendationsService } from '../index';

/** An event as the outbox holds it. */
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

/** Ids of organisations that speak in tests, with their classes. */
export const speakers = {
  government: '00000000-0000-4000-8000-000000000001',
  nhri: '00000000-0000-4000-8000-000000000002',
  cso: '00000000-0000-4000-8000-000000000003',
  un: '00000000-0000-4000-8000-000000000004',
  donor: '00000000-0000-4000-8000-000000000005',
  ministry: '00000000-0000-4000-8000-000000000006',
} as const;
export type Speaker = keyof typeof speakers;

/** A caller who acts for one of the {@link speakers}. */
export const speaker = (of: Speaker, role: Role, ...states: string[]) => `${role}:${states.join('+')}:${of}`;

function callerOf(token: string): CallerIdentity {
  const [role, states, of = 'government'] = token.split(':') as [Role, string, Speaker | undefined];
  return new CallerIdentity(`member-${role}-${of}`, 'member', [
    {
      organisationId: speakers[of],
      organisationClass: of === 'ministry' ? 'government' : of,
      roles: [role],
      states: states.split('+'),
    },
  ]);
}

/** The service on a database of its own, with HTTP, and background work done when the test says so. */
export class RecommendationsWorld {
  private constructor(
    readonly database: Database,
    readonly app: ServiceApp,
    readonly clock: FixedClock,
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async open(uploadLimitBytes = 20 * 1024 * 1024): Promise<RecommendationsWorld> {
    const database = await testDatabase(recommendationsService);
    const folder = mkdtempSync(join(tmpdir(), 'recommendations-'));
    const clock = fixedClock('2026-01-15T12:00:00Z');
    const app = await createServiceApp(recommendationsService, {
      name: 'recommendations',
      config: { dataDir: folder, uploadLimitBytes } as RuntimeConfig,
      database,
      log: createLogger('silent'),
      metrics: new Registry(),
      clock,
      tokens: { verify: async (token: string) => callerOf(token) } as TokenVerifier,
      readiness: async () => [],
      providers: [{ provide: Jobs, useValue: { hint: () => undefined } }],
    });
    const server = app.http.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return new RecommendationsWorld(database, app, clock, server, folder);
  }

  get funnel(): ImportFunnel {
    return this.app.nest.get(ImportFunnel);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.app.nest.close();
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async request(
    method: string,
    path: string,
    options: { token?: string; body?: unknown; bytes?: Buffer } = {},
  ) {
    const { port } = this.server.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/api/recommendations/v1${path}`, {
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

  /** The JSON of an answer that has to be a success. */
  async json(
    method: string,
    path: string,
    options: { token?: string; body?: unknown; bytes?: Buffer } = {},
  ): Promise<any> {
    const response = await this.request(method, path, { token: tokenOf('administrator', '*'), ...options });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Uploads a file, begins its import and reads it. */
  async read(
    file: string | { name: string; bytes: Buffer },
    request: object = {},
    token?: string,
  ): Promise<any> {
    const { name, bytes } =
      typeof file === 'string' ? { name: basename(file), bytes: readFileSync(file) } : file;
    const options = token ? { token } : {};
    const { uploadId } = await this.json('POST', `/uploads?name=${encodeURIComponent(name)}`, {
      ...options,
      bytes,
    });
    const { id } = await this.json('POST', '/imports', { ...options, body: { uploadId, ...request } });
    await this.work();
    return this.json('GET', `/imports/${id}`, options);
  }

  async apply(id: string, announce = true): Promise<any> {
    await this.json('POST', `/imports/${id}/apply`, { body: { announce } });
    await this.work();
    return this.json('GET', `/imports/${id}`);
  }

  async undo(id: string): Promise<any> {
    await this.json('POST', `/imports/${id}/undo`);
    await this.work();
    return this.json('GET', `/imports/${id}`);
  }

  /** Does all that the states of imports call for. */
  async work(): Promise<void> {
    for (const id of await this.funnel.underWay()) await this.funnel.advance(id);
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
      type: (type as string).replace('recommendations.v1.', ''),
      data: JSON.parse(payload as string),
    }));
  }
}
