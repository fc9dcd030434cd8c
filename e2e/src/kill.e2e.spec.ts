import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@followthrough/testing';
import type { Api } from './harness/api';
import { exportOf } from './harness/export-file';
import { readFeed } from './harness/feed';
import { Installation } from './harness/installation';
import { MailServer } from './harness/mail-server';
import { followByMail } from './harness/people';

const ROWS = 1200;
const follower = 'follower@example.org';

/**
 * Where the process is ended, and at which time of reaching it. The name says what was in flight: the process ends
 * exactly there or the run fails.
 */
const places = [
  'import.after-upload',
  'import.parse-batch:2',
  'import.parsed',
  'apply.in-batch:2',
  'apply.after-batch',
  'apply.before-finish',
  'jobs.before-run.recommendations.advance-import',
  'relay.before-send:2',
  'relay.after-send',
  'relay.after-delete',
  'consumer.after-inbox:3',
  'consumer.before-commit:2',
  'consumer.after-commit:2',
  'match.in-handler:2',
  'digest.after-claim',
  'digest.before-queue',
  'delivery.before-send',
  'delivery.after-send',
  'delivery.after-record',
];

/** From the file to the mail, whatever of it has happened already. */
async function importAll(api: Api): Promise<void> {
  const { body } = await api.get('/api/recommendations/v1/imports?page=1');
  const known = (body.imports as { id: string }[])[0];
  const ready = known
    ? await api.importSettled(known.id, ['ready', 'applying', 'applied'])
    : await api.prepareImport(exportOf(ROWS), 'export.csv');
  if (ready.state === 'ready')
    await api.post(`/api/recommendations/v1/imports/${ready.id}/apply`, { announce: true });
  await api.importSettled(ready.id, ['applied']);
}

describe('the process is killed and started again', () => {
  let mails: MailServer;
  let prepared: string;
  let feedBefore: string;

  beforeAll(async () => {
    mails = await MailServer.start();
    const first = await Installation.start({ environment: { SMTP_URL: mails.url } });
    await followByMail(await first.operator(), mails, follower, { stateUnderReview: ['SVN'] });
    feedBefore = (await readFeed(first.anyone())).next;
    await first.stop();
    prepared = first.dataDir;
  }, 180_000);

  afterAll(async () => {
    rmSync(prepared, { recursive: true, force: true });
    await mails.stop();
  });

  it.each(places)(
    'at %s: nothing is lost, nothing happens twice',
    async (place) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'followthrough kill '));
      // With owners and modes, which PostgreSQL insists on.
      execFileSync('cp', ['-a', `${prepared}/.`, dataDir]);
      const before = mails.to(follower).length;
      const doomed = await Installation.start({
        dataDir,
        environment: { SMTP_URL: mails.url, FT_FAIL_POINT: place },
      });
      const work = doomed.operator().then(importAll);
      work.catch(() => undefined);
      expect(await doomed.ended).toBe('SIGKILL');

      const restarted = await Installation.start({ dataDir, environment: { SMTP_URL: mails.url } });
      try {
        const api = await restarted.operator();
        await importAll(api);
        const total = await waitFor(
          async () => {
            const portal = (await api.get('/api/portal/v1/recommendations')).body.all as number;
            const copies = (await api.get('/api/consultations/v1/recommendations/summary')).body;
            const funding = (await api.get('/api/funding/v1/recommendations/summary')).body;
            const mailed = mails.to(follower).length > before;
            return (
              mailed && portal === ROWS && copies.recommendations === ROWS && funding.recommendations === ROWS
            );
          },
          { timeout: 90_000, what: 'the totals to be right' },
        );
        expect(total).toBe(true);
        await waitFor(() => api.eventsHandled(), { timeout: 60_000, what: 'every event to be handled' });
        const { events } = await readFeed(restarted.anyone(), feedBefore);
        expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
        expect(events.map(({ type }) => type).sort()).toEqual([
          'recommendations.v1.ImportApplied',
          ...Array<string>(ROWS).fill('recommendations.v1.RecommendationRecorded'),
        ]);
        const digests = mails.to(follower).slice(before);
        // A mail that the server had taken when the process died may come again, as the same message.
        expect(new Set(digests.map(({ messageId }) => messageId)).size).toBe(1);
        expect(digests.length).toBeLessThanOrEqual(place === 'delivery.after-send' ? 2 : 1);
        expect(digests[0]!.mail.text).toContain('1,200');
      } finally {
        await restarted.remove();
      }
    },
    400_000,
  );
});
