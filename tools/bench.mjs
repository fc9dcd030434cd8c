// `npm run bench [-- name ...]`: the benchmarks under bench/, each a ratio in one run against a limit or a peer;
// `name/part` for a part of one.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, root } from './build.mjs';

ensureBuilt();
const folder = join(root, 'bench', 'dist');
const wanted = new Map(process.argv.slice(2).map((given) => given.split('/')));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.js'))
  .map((file) => file.replace('.bench.js', ''))
  .filter((name) => wanted.size === 0 || wanted.has(name));
if (names.length === 0) {
  console.error(
    `No such benchmark: choose from ${readdirSync(folder)
      .filter((file) => file.endsWith('.bench.js'))
      .join(', ')}.`,
  );
  process.exit(2);
}
const load = loadavg()[0];
console.log(
  `${cpus().length} processors, ${cpus()[0]?.model}, Node ${process.version}, load ${load.toFixed(2)}`,
);
if (load > 1.5) console.log('The machine is busy: compare ratios, not rates.');
const require = createRequire(import.meta.url);
for (const name of names) {
  console.log(`\n# ${name}`);
  await require(join(folder, `${name}.bench.js`)).run((line) => console.log(line), wanted.get(name));
}
process.exit(0);
