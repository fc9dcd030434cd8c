import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecommendationState } from '@followthrough/contracts';
import type { Database } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { localMailbox, Mailer } from '@followthrough/mail';
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
import { v7 as uuidv7 } from 'uuid';
import { consultationsService } from '..';
import { DueRoundWork } from '../outbound/due-round-work';
import { RecommendationCopies } from '../outbound/recommendation-copies';
import { Remind } from '../usecases/remind';
import { SendRoundMail } from '../usecases/send-round-mail';
import { MailServerUnderTest } from './mail-server';

/** A caller of a role in some States; the token of a request is this. */
export const tokenOf = (role: Role, ...states: string[]) => `${role}:${states.join('+')}`;

function callerOf(token: string): CallerIdentity {
  const [role, states] = token.split(':') as [Role, string];
  return new CallerIdentity(`member-${role}`, 'member', [
    { organisationId: 'org', organisationClass: 'government', roles: [role], states: states.split('+') },
  ]);
}

interface RequestOptions {
  token?: string | null;
  cookie?: string;
  body?: unknown;
  bytes?: Buffer;
}

const COORDINATOR = tokenOf('coordinator', 'KEN');

/** The service on a database of its own with a mail server, and work done when a test says so. */
export class ConsultationsWorld {
  private constructor(
    readonly database: Database,
    readonly app: ServiceApp,
    readonly clock: FixedClock,
    readonly mails: MailServerUnderTest,
    private readonly server: Server,
  ) {}

  static async open(): Promise<ConsultationsWorld> {
    const database = await testDatabase(consultationsService);
    const mails = await MailServerUnderTest.start();
    const clock = fixedClock('2026-05-04T07:00:00Z');
    const config = {
      profile: 'embedded',
      publicUrl: 'https://followthrough.example',
      instanceSecret: Buffer.alloc(32, 7),
    } as RuntimeConfig;
    const mailer = new Mailer({
      smtpUrl: mails.url,
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
    return new ConsultationsWorld(database, app, clock, mails, server);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.app.nest.close();
    await this.mails.stop();
    await this.database.close();
  }

  async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const { port } = this.server.address() as AddressInfo;
    const { token = COORDINATOR, cookie, body, bytes } = options;
    return fetch(`http://127.0.0.1:${port}/api/consultations/v1${path}`, {
      method,
      headers: {
        ...(token && !cookie && { authorization: `Bearer ${token}` }),
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(bytes && { 'content-type': 'application/octet-stream' }),
      },
      body: bytes ? new Uint8Array(bytes) : body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /** Status and JSON of an answer. */
  async ask(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<{ status: number; json: any }> {
    const response = await this.request(method, path, options);
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  }

  /** The JSON of an answer that has to be a success. */
  async json(method: string, path: string, options: RequestOptions = {}): Promise<any> {
    const { status, json } = await this.ask(method, path, options);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    return json;
  }

  /** Recommendations as their events would have told of them. */
  async hold(...given: Partial<RecommendationState>[]): Promise<string[]> {
    const states = given.map(aRecommendation);
    const copies = this.app.nest.get(RecommendationCopies);
    await this.database.transaction((tx) =>
      copies.keep(
        tx,
        states.map((recommendation) => ({ data: { recommendation }, generation: 0, version: 1 })) as never,
      ),
    );
    return states.map(({ recommendationId }) => recommendationId);
  }

  institution(name: string, change: object = {}): Promise<any> {
    const body = {
      stateUnderReview: 'KEN',
      name,
      contact: `${name.toLowerCase()}@ministry.example`,
      ...change,
    };
    return this.json('POST', '/institutions', { body });
  }

  async assign(institutionId: string, filter: object, expected: number): Promise<void> {
    const body = { stateUnderReview: 'KEN', filter, institutionId, expected };
    await this.json('POST', '/leads', { body });
  }

  prepare(change: object = {}): Promise<any> {
    const body = {
      stateUnderReview: 'KEN',
      title: 'Mid-term report',
      dueOn: '2026-06-30',
      timeZone: 'Africa/Nairobi',
      ...change,
    };
    return this.json('POST', '/rounds', { body });
  }

  async openRound(change: object = {}): Promise<any> {
    const { id, version } = await this.prepare(change);
    const round = await this.json('POST', `/rounds/${id}/open`, { body: { version } });
    await this.work();
    return round;
  }

  /** Signs in by the latest link that an address was sent. */
  async signIn(address: string): Promise<string> {
    const link = this.linkOf(address);
    await this.json('POST', '/asked/code', { token: null, body: { link } });
    await this.work();
    const code = this.codeOf(address);
    const response = await this.request('POST', '/asked/session', { token: null, body: { link, code } });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Error(`Signing in failed: ${response.status} ${await response.text()}`);
    return cookie;
  }

  linkOf(address: string): string {
    const text = this.mails.to(address).map((mail) => mail.text ?? '');
    const link = text.map((one) => /asked\?link=([\w-]+)/.exec(one)?.[1]).findLast(Boolean);
    if (!link) throw new Error(`${address} got no link.`);
    return link;
  }

  codeOf(address: string): string {
    const subjects = this.mails
      .to(address)
      .map((mail) => /^Your code: (\d{6})$/.exec(mail.subject ?? '')?.[1]);
    return subjects.findLast(Boolean)!;
  }

  /** Does all work that is due by now, as hints and sweeps would. */
  async work(): Promise<void> {
    const due = this.app.nest.get(DueRoundWork);
    for (let turn = 0; turn < 20; turn += 1) {
      const [reminders, lost] = [await due.reminders(), await due.lostMails()];
      await Promise.all(reminders.map((id) => this.app.nest.get(Remind).run(id)));
      for (const id of lost) await this.app.nest.get(SendRoundMail).recover(id);
      const mails = await due.mails();
      await Promise.all(mails.map((id) => this.app.nest.get(SendRoundMail).run(id)));
      if (reminders.length + lost.length + mails.length === 0) return;
    }
    throw new Error('Work does not end.');
  }

  /** What has been published since the last call. */
  async published(): Promise<{ type: string; aggregateId: string; version: number; data: any }[]> {
    const rows = await this.database.query(
      `delete from outbox returning sequence, type, aggregateid as "aggregateId", version::int, payload`,
    );
    return rows
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ type, aggregateId, version, payload }) => ({
        type: (type as string).replace('consultations.v1.', ''),
        aggregateId,
        version,
        data: JSON.parse(payload as string),
      }));
  }
}

let paragraph = 0;

const aRecommendation = (change: Partial<RecommendationState>): RecommendationState => ({
  recommendationId: uuidv7(),
  kind: 'recommendation',
  mechanism: 'UPR',
  stateUnderReview: 'KEN',
  cycle: 4,
  session: 49,
  symbol: 'A/HRC/59/9',
  paragraph: `140.${(paragraph += 1)}`,
  text: 'Guarantee equality before the law',
  language: 'en',
  recommendingStates: ['FRA'],
  position: 'supported',
  actionCategory: 4,
  themes: [],
  groups: [],
  sdgs: [],
  reviewDate: '2025-05-01',
  demo: false,
  sources: ['upr-info-csv'],
  ...change,
});
