// `npm run check`: format, lint, types, dependency direction, dead code, contracts, APIs, generated files, the web application's budget.
// The steps are targets of the Nx project `workspace` (project.json); one can be run alone with
// `npx nx run workspace:lint`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, root } from './build.mjs';

ensureBuilt();
const { targets } = JSON.parse(readFileSync(join(root, 'project.json'), 'utf8'));
const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(targets);
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'),
    'run-many',
    '--projects=workspace',
    `--targets=${names.join(',')}`,
    '--parallel=2',
    '--output-style=stream',
    '--nxBail=false',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NX_DAEMON: 'false' } },
);
process.exitCode = status ?? 1;
