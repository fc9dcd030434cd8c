import { kafkaMissing, redisMissing } from '@followthrough/stack';
import { describeUnless, waitFor } from '@followthrough/testing';
import type { Api } from './harness/api';
import { exportOf } from './harness/export-file';
import { Installation } from './harness/installation';
import { MailServer } from './harness/mail-server';
import { followByMail } from './harness/people';

const ROWS = 300;
const PATIENCE = { timeout: 90_000 };
const follower = 'follower@example.org';

describeUnless(kafkaMissing() ?? redisMissing())(
  'every service as two processes, over Kafka and Redis',
  () => {
    let mails: MailServer;
    let installation: Installation;
    let operator: Api;

    beforeAll(async () => {
      mails = await MailServer.start();
      installation = await Installation.start({ replicas: 2, environment: { SMTP_URL: mails.url } });
      operator = await installation.operator();
    }, 120_000);

    afterAll(async () => {
      await installation.remove();
      await mails.stop();
    });

    it('an imported file reaches every copy, and its follower by one mail', async () => {
      await followByMail(operator, mails, follower, { stateUnderReview: ['SVN'] });
      const before = mails.to(follower).length;
      const { id } = await operator.prepareImport(exportOf(ROWS), 'export.csv');
      await operator.applyImport(id, true);
      await waitFor(
        async () => {
          const portal = await operator.get('/api/portal/v1/recommendations');
          const copies = await operator.get('/api/consultations/v1/recommendations/summary');
          const funding = await operator.get('/api/funding/v1/recommendations/summary');
          return (
            portal.body.all === ROWS &&
            copies.body.recommendations === ROWS &&
            funding.body.recommendations === ROWS
          );
        },
        { ...PATIENCE, what: 'the copies to be whole' },
      );
      const feed = await waitFor(
        async () => {
          const { body } = await operator.get('/api/events?limit=1000');
          return (body as unknown[]).length === ROWS ? (body as { subject: string }[]) : null;
        },
        { ...PATIENCE, what: 'the feed to tell each of them' },
      );
      expect(new Set(feed.map(({ subject }) => subject)).size).toBe(ROWS);
      await waitFor(() => mails.to(follower).length > before, { ...PATIENCE, what: 'the mail' });
      expect(mails.to(follower).slice(before)).toHaveLength(1);
      expect(mails.to(follower).at(-1)!.mail.text).toContain(String(ROWS));
    }, 240_000);

    it('a service answers while one of its processes is killed, and the process comes back', async () => {
      const [victim] = installation.processesOf('recommendations');
      process.kill(victim!, 'SIGKILL');
      for (let n = 0; n < 10; n += 1) {
        const { status } = await operator.get('/api/recommendations/v1/recommendations');
        expect(status).toBe(200);
      }
      await waitFor(() => {
        const now = installation.processesOf('recommendations');
        return now.length === 2 && !now.includes(victim!);
      }, PATIENCE);
    }, 120_000);
  },
);
