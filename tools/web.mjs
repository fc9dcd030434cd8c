// Builds the web application with Vite when its sources are newer than what was built.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './build.mjs';

const web = join(root, 'services', 'portal', 'web');
const built = join(web, 'dist', 'index.html');

function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @param {(line: string) => void} say one line of progress */
export async function ensureWeb(say) {
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json']
    .map((name) => join(web, name))
    .filter((path) => existsSync(path));
  const since = Math.max(...sources.map(newest), newest(join(root, 'libs', 'vocabulary', 'src')));
  if (existsSync(built) && statSync(built).mtimeMs >= since) return;
  say('Building the web application (once) ...');
  const before = performance.now();
  const vite = spawn(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: web, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [vite.stdout, vite.stderr]) stream.on('data', (part) => (output += part));
  const code = await new Promise((resolve) => vite.on('close', resolve));
  if (code !== 0) throw new Error(`The web application could not be built:\n${output}`);
  say(`Web application built in ${((performance.now() - before) / 1000).toFixed(1)} s.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await ensureWeb(console.log);
