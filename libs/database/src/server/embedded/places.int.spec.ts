import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinaries } from './binaries';
import { clusterFolder } from './cluster-folder';
import { canEnter, serverUser } from './server-user';

const weAreRoot = process.getuid?.() === 0;
const log = { info: () => undefined, warn: () => undefined };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'followthrough-places-'));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The installed package as it is where install scripts are off, in a folder of the test's choice. */
function packageWithoutLinks(into: string): string {
  const installed = dirname(dirname(findBinaries(serverUser(folder)).postgres));
  cpSync(dirname(installed), into, { recursive: true, verbatimSymlinks: true });
  const libraries = join(into, 'native/lib');
  for (const name of readdirSync(libraries)) {
    if (lstatSync(join(libraries, name)).isSymbolicLink()) rmSync(join(libraries, name));
  }
  return join(into, 'native');
}

it('runs the programs in place, in a folder with a space, where no script has made the links', () => {
  const native = packageWithoutLinks(join(folder, 'with a space'));
  expect(findBinaries(serverUser(folder), native, [])).toEqual({
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    version: expect.stringMatching(/^\d+\.\d+$/),
  });
});

it('copies them once to a cache where they cannot run in place', () => {
  const closed = join(folder, 'closed');
  const native = packageWithoutLinks(join(closed, 'package'));
  chmodSync(join(native, 'lib'), 0o555);
  chmodSync(closed, 0o700);
  const cache = join(folder, 'cache');
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  chmodSync(shared, 0o777);
  const found = findBinaries(serverUser(folder), native, [shared, cache]);
  expect(found.postgres.startsWith(cache)).toBe(true);
  const made = lstatSync(found.postgres).ino;
  expect(lstatSync(findBinaries(serverUser(folder), native, [shared, cache]).postgres).ino).toBe(made);
  expect(readdirSync(shared)).toEqual([]);
  chmodSync(join(native, 'lib'), 0o755);
  expect(() => findBinaries(serverUser(folder), join(folder, 'nothing here'), [])).toThrow(
    'set DATABASE_URL',
  );
});

it('needs no home: a user id of a container has neither a name nor HOME', () => {
  const user = serverUser(folder);
  const homeless = [
    jest.spyOn(process, 'getuid').mockReturnValue(61_234),
    jest.spyOn(os, 'homedir').mockImplementation(() => {
      throw new Error('uv_os_homedir returned ENOENT');
    }),
  ];
  const cache = process.env.XDG_CACHE_HOME;
  delete process.env.XDG_CACHE_HOME;
  try {
    expect(findBinaries(user).version).toMatch(/^\d+\.\d+$/);
    expect(os.homedir).toHaveBeenCalled();
  } finally {
    if (cache) process.env.XDG_CACHE_HOME = cache;
    for (const spy of homeless) spy.mockRestore();
  }
});

it('never runs as root, and keeps its files where its user may enter', () => {
  const closed = join(folder, 'closed');
  mkdirSync(join(closed, 'data'), { recursive: true });
  chmodSync(closed, 0o700);
  const refuge = join(folder, 'refuge');
  const cluster = clusterFolder(join(closed, 'data'), log, refuge);
  expect(canEnter(cluster.user, cluster.parent)).toBe(true);
  expect(cluster.user?.uid).not.toBe(0);
  expect(cluster.path.startsWith(weAreRoot ? refuge : closed)).toBe(true);
  expect(clusterFolder(join(closed, 'data'), log, join(folder, 'another'))).toEqual(cluster);
  expect(statSync(join(closed, 'data')).mode & 0o7).toBe(0o5);
  const ours = join(folder, 'private');
  mkdirSync(ours, { mode: 0o700 });
  expect(clusterFolder(ours, log, refuge).parent).toBe(ours);
  expect(statSync(ours).mode & 0o777).toBe(weAreRoot ? 0o710 : 0o700);
});
