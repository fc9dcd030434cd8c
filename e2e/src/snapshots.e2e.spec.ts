import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaMissing, redisMissing, startPostgres, type PostgresChild } from '@followthrough/stack';
import { describeUnless, waitFor } from '@followthrough/testing';
import { Client } from 'pg';
import type { Api } from './harness/api';
import { exportOf } from './harness/export-file';
import { readFeed } from './harness/feed';
import { Installation } from './harness/installation';
import { MailServer } from './harness/mail-server';
import { followByMail } from './harness/people';

const ROWS = 300;
const root = join(__dirname, '..', '..');
const follower = 'follower@example.org';
const stranger = '00000000-0000-4000-8000-000000000001';

describeUnless(kafkaMissing() ?? redisMissing())('a site and its copies', () => {
  let folder: string;
  let postgres: PostgresChild;
  let mails: MailServer;
  let installation: Installation;
  let operator: Api;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'followthrough move '));
    [postgres, mails] = await Promise.all([
      startPostgres({ folder: join(folder, 'pg') }),
      MailServer.start(),
    ]);
    await start();
    await followByMail(operator, mails, follower, { stateUnderReview: ['SVN'] });
    const { id } = await operator.prepareImport(exportOf(ROWS), 'export.csv');
    await operator.applyImport(id, true);
    await waitFor(() => mails.to(follower).length === 2, { timeout: 90_000, what: 'the mail of the import' });
    await allHandled();
  }, 240_000);

  afterAll(async () => {
    await installation.stop();
    await postgres.stop();
    await mails.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** On the same database and data folder, whatever the transport is. */
  async function start(replicas?: number): Promise<void> {
    installation = await Installation.start({
      dataDir: join(folder, 'data'),
      replicas,
      environment: { SMTP_URL: mails.url, DATABASE_URL: postgres.url },
    });
    operator = await installation.operator();
  }

  async function ft(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'cli', 'bin', 'followthrough.js'), 'events', ...words],
      {
        env: {
          ...process.env,
          FT_URL: installation.url,
          FT_TOKEN: readFileSync(join(folder, 'data', 'operator-token'), 'utf8').trim(),
        },
      },
    );
    return stdout;
  }

  async function inDatabase(name: string, sql: string): Promise<void> {
    const client = new Client({ connectionString: postgres.url.replace(/\/postgres$/, `/ft_${name}`) });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  /** As far as every process says. */
  const allHandled = () =>
    waitFor(
      async () => {
        const { services } = JSON.parse(await ft('lag', '--json')) as { services: Record<string, Lag> };
        return Object.values(services).every(
          ({ outbox, subscriptions }) => outbox.events === 0 && subscriptions.every(({ lag }) => lag === 0),
        );
      },
      { timeout: 90_000, what: 'every event to be handled' },
    );

  async function counts() {
    const [consultations, funding, portal, preview] = await Promise.all([
      operator.get('/api/consultations/v1/recommendations/summary'),
      operator.get('/api/funding/v1/recommendations/summary'),
      operator.get('/api/portal/v1/recommendations'),
      operator.post('/api/notifications/v1/subscriptions/preview', { filter: {} }),
    ]);
    return {
      consultations: consultations.body.recommendations,
      funding: funding.body.recommendations,
      portal: portal.body.all,
      notifications: preview.body.matching,
    };
  }
  const whole = (rows: number) => ({
    consultations: rows,
    funding: rows,
    portal: rows,
    notifications: rows,
  });

  /** What the owner does not know, and half of what it does no longer in the copies. */
  async function spoil(): Promise<void> {
    const copy = `delete from recommendation_copy where ctid in (select ctid from recommendation_copy limit 100);
      insert into recommendation_copy`;
    await inDatabase(
      'consultations',
      `${copy} values ('${stranger}', 0, 1, 'SVN', '', '', 'unknown', 'noted')`,
    );
    await inDatabase('funding', `${copy} values ('${stranger}', 0, 1, 'SVN', 'unknown', '{}', '{}')`);
    await inDatabase('notifications', `${copy} (id, generation, version) values ('${stranger}', 0, 1)`);
    await inDatabase('portal', 'delete from view.recommendation where no % 2 = 0');
  }

  it('has one copy built anew, and the others left alone', async () => {
    await spoil();
    const before = await counts();
    expect(before).toEqual({ consultations: 201, funding: 201, notifications: 201, portal: ROWS / 2 });
    expect(await ft('snapshot', 'recommendations', '--for', 'consultations')).toContain('are whole');
    expect(await counts()).toEqual({ ...before, consultations: ROWS });
    expect(await ft('snapshot', '--status')).toMatch(/^consultations .* 300 of 300 +1 +20\d\d-/m);
  }, 120_000);

  it('has all copies built anew, and nobody is told of it', async () => {
    const { next } = await readFeed(installation.anyone());
    expect(await ft('snapshot', 'recommendations')).toContain('are whole');
    await ft('snapshot', 'portal');
    expect(await counts()).toEqual(whole(ROWS));
    expect((await readFeed(installation.anyone(), next)).events).toEqual([]);
    await allHandled();
    expect(mails.to(follower)).toHaveLength(2);
  }, 120_000);

  it('moves to Kafka and back, and its copies are whole at each place', async () => {
    await installation.stop();
    await start(1);
    await spoil();
    await ft('snapshot', 'recommendations');
    expect(await counts()).toEqual(whole(ROWS));
    const { id } = await operator.prepareImport(exportOf(ROWS + 40), 'more.csv');
    expect((await operator.applyImport(id, true)).result).toMatchObject({ recorded: 40 });
    await waitFor(() => mails.to(follower).length === 3, { timeout: 90_000, what: 'the mail of the second' });
    await allHandled();

    await installation.stop();
    await start();
    await spoil();
    await ft('snapshot', 'recommendations');
    expect(await counts()).toEqual(whole(ROWS + 40));
    await allHandled();
    expect(mails.to(follower)).toHaveLength(3);
    expect(JSON.parse(await ft('parked', '--json'))).toMatchObject({ services: { portal: { parked: [] } } });
  }, 400_000);
});

interface Lag {
  outbox: { events: number };
  subscriptions: { lag: number | null }[];
}
