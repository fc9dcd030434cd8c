import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';
import { Mailer, type OutgoingMail, type SmtpOutcome } from '@followthrough/mail';
import {
  createLogger,
  createServiceApp,
  readConfig,
  TokenVerifier,
  type RuntimeConfig,
} from '@followthrough/service-kit';
import { fixedClock, testDatabase, type FixedClock } from '@followthrough/testing';
import type { INestApplication } from '@nestjs/common';
import express from 'express';
import { Registry } from 'prom-client';
import { operatorTokenFile, portalForwarder, portalPages, portalService, setupLink } from '../index';
import { AccountMails } from '../outbound/account-mails';
import { SigningKeys } from '../outbound/sign-in/signing-keys';
import { SendAccountMail } from '../usecases/send-account-mail';
import { Browser, hiddenField } from './browser';

export interface RunningPortal {
  url: string;
  app: INestApplication;
  database: Database;
  clock: FixedClock;
  /** Mails that were handed over, in order. */
  mails: OutgoingMail[];
  /** Decides what becomes of the next mails. */
  outcome: { of: (mail: OutgoingMail) => SmtpOutcome };
  /** Sends every mail that is due. */
  sendMails(): Promise<void>;
  browser(headers?: Record<string, string>): Browser;
  /** An access token of the operator of this machine, who may do everything. */
  operatorToken(): Promise<string>;
  stop(): Promise<void>;
}

/** The portal behind one address as the host puts it there, on a database of its own and a clock that stands still. */
export async function startPortal(environment: Record<string, string> = {}): Promise<RunningPortal> {
  const database = await testDatabase({
    migrations: portalService.migrations,
    entities: portalService.entities,
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'followthrough-portal-'));
  const front = express();
  const server = createServer(front);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config: RuntimeConfig = {
    ...readConfig({ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment }, dataDir),
    instanceSecret: randomBytes(32),
  };
  const clock = fixedClock(new Date());
  const mails: OutgoingMail[] = [];
  const outcome = {
    of: (_mail: OutgoingMail): SmtpOutcome => ({ kind: 'accepted', code: '250', response: '250 ok' }),
  };
  const sender = { send: async (mail: OutgoingMail) => (mails.push(mail), outcome.of(mail)) };
  // The app has the keys that verify, and wants the verifier before it is made.
  const made: { app?: INestApplication } = {};
  const tokens = new TokenVerifier(config.publicUrl, (header, token) =>
    made.app!.get(SigningKeys).resolve(header, token),
  );
  const { nest, http } = await createServiceApp(portalService, {
    name: 'portal',
    config,
    database,
    log: createLogger('silent'),
    metrics: new Registry(),
    clock: clock,
    tokens,
    readiness: async () => [],
    providers: [
      { provide: Jobs, useValue: { hint: () => undefined } },
      { provide: Mailer, useValue: sender },
    ],
  });
  made.app = nest;
  front.set('trust proxy', 'loopback');
  front.use('/api', portalForwarder(nest));
  front.use((request, response, next) =>
    request.url.startsWith('/api/') ? http(request, response, next) : next(),
  );
  front.use(portalPages(nest));

  return {
    url: `http://localhost:${port}`,
    app: nest,
    database,
    clock,
    mails,
    outcome,
    sendMails: async () => {
      for (const id of await nest.get(AccountMails).due()) await nest.get(SendAccountMail).send(id);
    },
    browser: (headers) => new Browser(`http://localhost:${port}`, headers),
    operatorToken: async () => {
      const secret = readFileSync((await operatorTokenFile(nest))!, 'utf8').trim();
      const answer = await new Browser(`http://localhost:${port}`).call('POST', '/api/portal/v1/token', {
        secret,
      });
      return (JSON.parse(answer.text) as { accessToken: string }).accessToken;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await nest.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const PASSWORD = 'four wet horses 9';

/** Makes the first administrator by the link of the start; the browser is then signed in. */
export async function setUp(portal: RunningPortal, email = 'ada@ministry.example'): Promise<Browser> {
  const browser = portal.browser();
  const link = await setupLink(portal.app);
  const token = new URL(link!).searchParams.get('token')!;
  const answer = await browser.post('/setup', {
    token,
    name: 'Ada Ministry',
    email,
    organisation: 'Ministry of Justice',
    organisationClass: 'government',
    timeZone: 'Europe/Ljubljana',
    password: PASSWORD,
    passwordAgain: PASSWORD,
  });
  if (answer.status !== 303) throw new Error(`Set-up failed: ${answer.status}\n${answer.text}`);
  return browser;
}

/** Signs in at the built-in provider; the answer is what came after the form. */
export async function signIn(browser: Browser, email: string, password: string, returnTo = '/') {
  const form = await browser.follow(
    await browser.get(`/sign-in?${new URLSearchParams({ returnTo }).toString()}`),
  );
  const csrf = hiddenField(form.text, 'csrf');
  return browser.post(new URL(form.url).pathname, { csrf, email, password });
}

/** The token that writes of a signed-in browser must show. */
export async function csrfOf(browser: Browser): Promise<string> {
  const answer = await browser.call('GET', '/api/portal/v1/session');
  return (JSON.parse(answer.text) as { csrfToken: string }).csrfToken;
}
