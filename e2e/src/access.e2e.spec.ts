import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlatform, type Platform } from '@followthrough/host';
import { operatorTokenFile } from '@followthrough/portal';
import { readConfig, routesOf, type Role } from '@followthrough/service-kit';
import { Api } from './harness/api';
import type { BrowserSession } from './harness/browser-session';
import { MailServer } from './harness/mail-server';
import { joinAsMember } from './harness/people';

const everyRole: Role[] = [
  'administrator',
  'coordinator',
  'focal-point',
  'validator',
  'contributor',
  'observer',
  'auditor',
];
const anyone = ['nobody', ...everyRole];
const signedIn: string[] = everyRole;
const administrators = ['administrator'];
const importers = ['administrator', 'coordinator'];
const importReaders = ['administrator', 'coordinator', 'focal-point', 'auditor'];
const editors = ['administrator', 'coordinator', 'focal-point', 'validator'];
const directoryReaders = ['administrator', 'coordinator', 'auditor'];
const auditors = ['administrator', 'auditor'];
const roundKeepers = ['administrator', 'coordinator'];
const roundReaders = ['administrator', 'coordinator', 'focal-point', 'validator', 'auditor'];
const releasers = ['administrator', 'coordinator', 'validator'];
/** Only who signed in by the link of a mail, whoever else they may be. */
const byLink: string[] = [];

const ofEveryService = (service: string): Record<string, string[]> => ({
  [`GET /${service}/v1/health`]: anyone,
  [`GET /${service}/v1/ready`]: anyone,
  [`GET /${service}/v1/audit`]: auditors,
});

/** Who is let in where, written by hand: a route that is not here fails, and so does one that is here only. */
const table: Record<string, string[]> = {
  ...ofEveryService('recommendations'),
  ...ofEveryService('consultations'),
  ...ofEveryService('funding'),
  ...ofEveryService('notifications'),
  ...ofEveryService('portal'),

  'POST /recommendations/v1/uploads': importers,
  'POST /recommendations/v1/imports': importers,
  'GET /recommendations/v1/imports': importReaders,
  'GET /recommendations/v1/imports/:id': importReaders,
  'GET /recommendations/v1/imports/:id/rows': importReaders,
  'GET /recommendations/v1/imports/:id/rejects': importReaders,
  'GET /recommendations/v1/imports/:id/rejects.csv': importReaders,
  'PUT /recommendations/v1/imports/:id/mapping': importers,
  'POST /recommendations/v1/imports/:id/apply': importers,
  'POST /recommendations/v1/imports/:id/undo': importers,
  'DELETE /recommendations/v1/imports/:id': importers,
  'GET /recommendations/v1/mapping-templates': importReaders,
  'GET /recommendations/v1/mapping-templates/:id': importReaders,
  'POST /recommendations/v1/mapping-templates': importers,
  'DELETE /recommendations/v1/mapping-templates/:id': importers,
  'GET /recommendations/v1/open-questions': importReaders,
  'POST /recommendations/v1/open-questions/:id/answer': importers,
  'GET /recommendations/v1/recommendations': anyone,
  'GET /recommendations/v1/recommendations/lookup': anyone,
  'GET /recommendations/v1/recommendations/:id': anyone,
  'PATCH /recommendations/v1/recommendations/:id': editors,
  'POST /recommendations/v1/recommendations/bulk-edit': editors,
  'GET /recommendations/v1/export': anyone,

  'GET /consultations/v1/recommendations/summary': anyone,
  'GET /consultations/v1/institutions': roundKeepers,
  'POST /consultations/v1/institutions': roundKeepers,
  'PUT /consultations/v1/institutions/:id': roundKeepers,
  'DELETE /consultations/v1/institutions/:id': roundKeepers,
  'POST /consultations/v1/leads': roundKeepers,
  'POST /consultations/v1/leads/from-file': roundKeepers,
  'GET /consultations/v1/holidays/:state': roundReaders,
  'PUT /consultations/v1/holidays/:state': roundKeepers,
  'GET /consultations/v1/rounds': roundReaders,
  'POST /consultations/v1/rounds': roundKeepers,
  'GET /consultations/v1/rounds/:id': roundReaders,
  'PUT /consultations/v1/rounds/:id': roundKeepers,
  'GET /consultations/v1/rounds/:id/preview': roundKeepers,
  'POST /consultations/v1/rounds/:id/open': roundKeepers,
  'PUT /consultations/v1/rounds/:id/due-date': roundKeepers,
  'POST /consultations/v1/rounds/:id/close': roundKeepers,
  'GET /consultations/v1/rounds/:id/board': roundReaders,
  'GET /consultations/v1/round-tasks/:id': roundReaders,
  'GET /consultations/v1/round-tasks/:id/files/:fileId': roundReaders,
  'POST /consultations/v1/round-tasks/:id/release': releasers,
  'POST /consultations/v1/round-tasks/:id/return': releasers,
  'POST /consultations/v1/asked/code': anyone,
  'POST /consultations/v1/asked/session': anyone,
  'DELETE /consultations/v1/asked/session': anyone,
  'GET /consultations/v1/asked/tasks': byLink,
  'GET /consultations/v1/asked/tasks/:id': byLink,
  'POST /consultations/v1/asked/tasks/:id/view': byLink,
  'PUT /consultations/v1/asked/tasks/:id/answers/:recommendationId': byLink,
  'POST /consultations/v1/asked/tasks/:id/answers/:recommendationId/no-change': byLink,
  'POST /consultations/v1/asked/tasks/:id/submit': byLink,
  'POST /consultations/v1/asked/tasks/:id/colleagues': byLink,
  'DELETE /consultations/v1/asked/tasks/:id/colleagues/:accessId': byLink,
  'POST /consultations/v1/asked/tasks/:id/answers/:recommendationId/files': byLink,
  'GET /consultations/v1/asked/tasks/:id/files/:fileId': byLink,
  'DELETE /consultations/v1/asked/tasks/:id/files/:fileId': byLink,
  'GET /consultations/v1/asked/tasks/:id/answers.xlsx': byLink,
  'PUT /consultations/v1/asked/tasks/:id/answers.xlsx': byLink,
  'GET /funding/v1/recommendations/summary': anyone,

  'GET /notifications/v1/me': signedIn,
  'PUT /notifications/v1/me': signedIn,
  'POST /notifications/v1/me/address/verify': signedIn,
  'GET /notifications/v1/subscriptions': signedIn,
  'POST /notifications/v1/subscriptions': signedIn,
  'POST /notifications/v1/subscriptions/preview': anyone,
  'PATCH /notifications/v1/subscriptions/:id': signedIn,
  'DELETE /notifications/v1/subscriptions/:id': signedIn,
  'POST /notifications/v1/follow': anyone,
  'POST /notifications/v1/follow/confirm': anyone,
  'GET /notifications/v1/unsubscribe/:token': anyone,
  'POST /notifications/v1/unsubscribe/:token': anyone,
  'GET /notifications/v1/inbox': signedIn,
  'POST /notifications/v1/inbox/read-all': signedIn,
  'POST /notifications/v1/inbox/:id/read': signedIn,
  // On a loopback address anyone may look; beyond it the controller asks for an administrator.
  'GET /notifications/v1/mailbox': anyone,
  'GET /notifications/v1/mailbox/:id': anyone,
  'GET /notifications/v1/deliveries': signedIn,
  'POST /notifications/v1/test-mail': administrators,

  'GET /portal/v1/session': anyone,
  'POST /portal/v1/session/address-attestation': signedIn,
  'GET /portal/v1/recommendations': anyone,
  'GET /portal/v1/recommendations/:id': anyone,
  'GET /portal/v1/from/:state': anyone,
  'GET /portal/v1/states': anyone,
  // Also at /api/events. What is internal comes to those who may see it.
  'GET /portal/v1/events': anyone,
  'POST /portal/v1/token': anyone,
  'GET /portal/v1/jwks.json': anyone,
  // The use case decides: administrators, and anybody while no account exists on this machine.
  'POST /portal/v1/demo': administrators,
  'DELETE /portal/v1/demo': administrators,
  'GET /portal/v1/organisations': directoryReaders,
  'POST /portal/v1/organisations': administrators,
  'PATCH /portal/v1/organisations/:id': administrators,
  'GET /portal/v1/members': directoryReaders,
  'PATCH /portal/v1/members/:id': administrators,
  'DELETE /portal/v1/members/:id': administrators,
  'GET /portal/v1/invitations': directoryReaders,
  'POST /portal/v1/invitations': administrators,
  'POST /portal/v1/invitations/from-file': administrators,
  'POST /portal/v1/invitations/:id/send-again': administrators,
  'DELETE /portal/v1/invitations/:id': administrators,
  'GET /portal/v1/service-accounts': directoryReaders,
  'POST /portal/v1/service-accounts': administrators,
  'DELETE /portal/v1/service-accounts/:id': administrators,
};

const noSuchId = '00000000-0000-7000-8000-000000000000';
/** How who may not is answered; anything else (no such thing, a body that cannot be used) is being let in. */
const refusals = [401, 403];

describe('who may call what', () => {
  let mails: MailServer;
  let platform: Platform;
  let dataDir: string;
  const people = new Map<string, BrowserSession>();

  beforeAll(async () => {
    mails = await MailServer.start();
    dataDir = mkdtempSync(join(tmpdir(), 'followthrough access '));
    const config = readConfig(
      { PORT: '0', DATA_DIR: dataDir, SMTP_URL: mails.url, LOG_LEVEL: 'silent' },
      dataDir,
    );
    platform = await startPlatform(
      config,
      () => undefined,
      (reason) => {
        throw new Error(reason);
      },
    );
    const tokenFile = await operatorTokenFile(platform.apps.get('portal')!.nest);
    const operator = await Api.withSecret(platform.url, readFileSync(tokenFile!, 'utf8').trim());
    for (const role of everyRole) {
      const email = `${role}@example.org`;
      people.set(
        role,
        await joinAsMember(operator, mails, {
          email,
          organisationClass: 'government',
          roles: [role],
          states: ['SVN'],
        }),
      );
    }
  }, 240_000);

  afterAll(async () => {
    await platform?.stop();
    await mails?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const running = () =>
    [...platform.apps].flatMap(([name, { nest }]) =>
      routesOf(nest).map(({ method, path }) => `${method} /${name}/v1${path}`),
    );

  it('has a line for every route that runs, and no other', () => {
    expect(running().sort()).toEqual(Object.keys(table).sort());
  });

  it.each(anyone)('lets %s in exactly where the table says', async (who) => {
    const letIn: string[] = [];
    for (const route of Object.keys(table)) {
      const [method, path] = route.split(' ') as [string, string];
      const address = `/api${path.replace(/:[a-zA-Z]+/g, noSuchId)}`;
      const person = people.get(who);
      const status = person
        ? await person.status(method, address)
        : (await new Api(platform.url).send(method, address)).status;
      if (!refusals.includes(status)) letIn.push(route);
    }
    const expected = Object.keys(table).filter((route) => table[route]!.includes(who));
    expect(letIn.sort()).toEqual(expected.sort());
  });

  it('knows a forged, an expired and a foreign token from its own', async () => {
    const forged = [
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwia25kIjoibWVtYmVyIiwibWVtIjpbXX0.',
      'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA',
      'x',
    ];
    for (const token of forged) {
      const answer = await new Api(platform.url, token).get('/api/portal/v1/members');
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });
});
