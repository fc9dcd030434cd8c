import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { waitFor } from '@followthrough/testing';
import { findBinaries } from './embedded/binaries';
import { startPostmaster } from './embedded/postmaster';
import { serverUser } from './embedded/server-user';
import { openServer } from './open-server';
import type { PostgresServer } from './postgres-server';
import { withClient } from './roles';

const messages: string[] = [];
const log = {
  info: (message: string) => messages.push(message),
  warn: (message: string) => messages.push(message),
};
const instanceSecret = Buffer.from('the first secret');

let dataDir: string;
let servers: PostgresServer[];

const open = async (secret = instanceSecret): Promise<PostgresServer> => {
  const server = await openServer({
    databaseUrl: null,
    dataDir,
    instanceSecret: secret,
    log,
    durable: false,
  });
  servers.push(server);
  return server;
};

const query = (url: string, sql: string): Promise<any[]> =>
  withClient(url, async (client) => (await client.query(sql)).rows);

const postmasterPid = (): number =>
  Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);

// One cluster for all: each test finds it at rest, as the one before has left it.
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'followthrough a data folder '));
});

beforeEach(() => {
  servers = [];
  messages.length = 0;
});

afterEach(async () => {
  for (const server of servers) await server.stop();
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('begins anew where a first start was killed, and makes databases together with the cluster', async () => {
  writeFileSync(join(dataDir, 'postgres.new'), 'half made');
  const databases = ['ft_one', 'ft_two'];
  const server = await openServer({ databaseUrl: null, dataDir, instanceSecret, log, databases });
  servers.push(server);
  expect(
    await query(server.adminUrl, `SELECT datname FROM pg_database WHERE datname LIKE 'ft%' ORDER BY 1`),
  ).toEqual([{ datname: 'ft_one' }, { datname: 'ft_two' }]);
  expect(await query(server.adminUrl, `SELECT current_setting('fsync') AS fsync`)).toEqual([{ fsync: 'on' }]);
  expect(await query(await server.ensureDatabase('ft_two'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false);
});

it('keeps its data from one start to the next, for its owner only', async () => {
  const first = await open();
  const url = await first.ensureDatabase('ft_first');
  await query(url, `CREATE TABLE kept AS SELECT 'here' AS it`);
  await first.stop();
  const again = await open();
  expect(await query(await again.ensureDatabase('ft_first'), 'SELECT it FROM kept')).toEqual([
    { it: 'here' },
  ]);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  expect(existsSync(join(dataDir, 'postgres.password'))).toBe(false);
});

it('listens on the loopback interface only, and asks for a password', async () => {
  const { adminUrl } = await open();
  expect(
    await query(
      adminUrl,
      `SELECT current_setting('listen_addresses') AS a, current_setting('unix_socket_directories') AS s`,
    ),
  ).toEqual([{ a: '127.0.0.1', s: '' }]);
  const stranger = new URL(adminUrl);
  stranger.password = 'guessed';
  await expect(query(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  expect(
    new Set(
      (await query(adminUrl, 'SELECT auth_method FROM pg_hba_file_rules')).map((rule) => rule.auth_method),
    ),
  ).toEqual(new Set(['scram-sha-256']));
});

it('gives each service a database that no other role may enter', async () => {
  const server = await open();
  const [one, other] = [await server.ensureDatabase('ft_one'), await server.ensureDatabase('ft_other')];
  const trespass = new URL(one);
  trespass.pathname = new URL(other).pathname;
  await expect(query(trespass.href, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
  expect(
    await query(one, 'SELECT current_user AS me, rolsuper AS su FROM pg_roles WHERE rolname = current_user'),
  ).toEqual([{ me: 'ft_one', su: false }]);
});

it('searches names in every script', async () => {
  const url = await (await open()).ensureDatabase('ft_names');
  await query(url, 'CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION btree_gin');
  for (const name of ['人权', 'حقوق', 'права', 'été']) {
    const [row] = await query(url, `SELECT show_trgm('${name}') AS trigrams, lower('ÉTÉ') AS lower`);
    expect(row.trigrams.length).toBeGreaterThan(name.length);
    expect(row.lower).toBe('été');
  }
});

it('follows a changed secret', async () => {
  const first = await open();
  await query(await first.ensureDatabase('ft_secret'), `CREATE TABLE kept AS SELECT 1 AS one`);
  await first.stop();
  const again = await open(Buffer.from('another secret'));
  expect(await query(await again.ensureDatabase('ft_secret'), 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
});

it('quotes PostgreSQL when it does not start', async () => {
  await (await open()).stop();
  writeFileSync(join(dataDir, 'postgres/postgresql.auto.conf'), 'no_such_setting = 1\n');
  await expect(open()).rejects.toThrow('no_such_setting');
  rmSync(join(dataDir, 'postgres/postgresql.auto.conf'));
});

it('tells when the server ends by itself', async () => {
  const server = await open();
  const told = new Promise<string>((resolve) => server.onUnexpectedExit(resolve));
  process.kill(postmasterPid(), 'SIGINT');
  expect(await told).toContain('PostgreSQL ended unexpectedly');
});

it('removes a pid file whose process is another program by now', async () => {
  await (await open()).stop();
  writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n`);
  expect(await query((await open()).adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('stops a server that a killed run has left behind, and starts its own', async () => {
  await (await open()).stop();
  const path = join(dataDir, 'postgres');
  const user = serverUser(path);
  const orphan = await startPostmaster(findBinaries(user), { path, parent: dataDir, user }, {});
  const pid = postmasterPid();
  expect(await query((await open()).adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await orphan.ended).toContain('database system is shut down');
  expect(messages).toEqual([
    `Stopping the PostgreSQL server (process ${pid}) that an earlier run left behind`,
  ]);
});

/** Another process that runs the server in the same data folder, and then `rest`. */
function runElsewhere(rest: string): ChildProcessByStdio<null, Readable, null> {
  const program = `
    const { transformFileSync } = require('@swc/core');
    const options = { swcrc: false, module: { type: 'commonjs' }, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } };
    require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, options).code, file);
    const { openServer } = require(${JSON.stringify(join(__dirname, 'open-server.ts'))});
    const instanceSecret = Buffer.from(${JSON.stringify(instanceSecret.toString())});
    openServer({ databaseUrl: null, dataDir: ${JSON.stringify(dataDir)}, instanceSecret, log: console, durable: false })${rest};
    setInterval(() => {}, 1000);
  `;
  return spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'], cwd: __dirname });
}

it('recovers what was committed after parent and server were killed', async () => {
  const parent = runElsewhere(
    `.then((server) => server.ensureDatabase('ft_killed')).then((url) => console.log(url))`,
  );
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  await query(line.toString().trim(), `CREATE TABLE kept AS SELECT 'committed' AS it`);
  const ended = once(parent, 'exit');
  process.kill(postmasterPid(), 'SIGKILL');
  parent.kill('SIGKILL');
  await ended;
  const again = await open();
  expect(await query(await again.ensureDatabase('ft_killed'), 'SELECT it FROM kept')).toEqual([
    { it: 'committed' },
  ]);
});

it('goes down by itself when its parent is killed and nobody starts again', async () => {
  const parent = runElsewhere(`.then(() => process.kill(process.pid, 'SIGKILL'))`);
  await once(parent, 'exit');
  await waitFor(() => !existsSync(join(dataDir, 'postgres/postmaster.pid')), {
    what: 'the end of the server',
  });
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
});
