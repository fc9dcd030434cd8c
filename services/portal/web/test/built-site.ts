import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const web = join(__dirname, '..');
const dist = join(web, 'dist');
const cache = join(web, '.cache');
const sources = [
  'src',
  'lang',
  'public',
  'build',
  'index.html',
  'vite.config.ts',
  '../../../libs/vocabulary/src/gen',
];

function newest(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const changed = () => Math.max(...sources.map((source) => newest(join(web, source))));

function builtAt(): number {
  try {
    return Number(readFileSync(join(cache, 'built-from'), 'utf8')) || 0;
  } catch {
    return 0;
  }
}

/** The site as it is served, built anew if a source is newer. Several test files may ask at once; one builds. */
export async function builtSite(): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, 'building');
  for (;;) {
    const asked = changed();
    if (builtAt() >= asked && isThere(join(dist, 'index.html'))) return dist;
    if (take(lock)) {
      try {
        execFileSync(process.execPath, [vite(), 'build', '--logLevel', 'error'], {
          cwd: web,
          stdio: 'inherit',
        });
        writeFileSync(join(cache, 'built-from'), String(asked));
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
    } else {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function isThere(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const vite = () => join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');

/** A lock that the end of its holder releases: it bears the process's number. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    let holder: number;
    try {
      holder = Number(readFileSync(lock, 'utf8'));
      process.kill(holder, 0);
    } catch {
      // Whoever held it is gone.
      rmSync(lock, { force: true });
    }
    return false;
  }
}
