// Compiles the TypeScript of every library and service to CommonJS beside it (`src` -> `dist`), only what
// changed since the last time. `ensureBuilt()` is cheap when all is current, so the command line calls it.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** Folders with a `src` that runs in Node (the web application is built by Vite). */
function packages() {
  const under = (folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name));
  return [...under('libs'), ...under('services'), 'cli', 'host', 'e2e', 'bench'].filter((folder) =>
    existsSync(join(root, folder, 'src')),
  );
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

const isTest = (path) => /\.(spec|test)\.tsx?$/.test(path);
const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !isTest(path);
/** Read at run time from beside the code: code lists, mapping templates, workers that must stay modules. */
const isAsset = (path) => /\.(json|mjs|html|css|sql|txt|csv)$/.test(path);
const outputOf = (path) => path.replace(/(^|[\\/])src([\\/])/, '$1dist$2').replace(/\.ts$/, '.js');

/** Two builds at once must not read each other's half-written files. */
function replaceFile(path, content) {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
}

/** @returns {number} how many files were written */
export function ensureBuilt() {
  const configuration = createHash('sha256')
    .update(readFileSync(join(root, '.swcrc')))
    .digest('hex');
  let swc;
  let options;
  let written = 0;
  for (const folder of packages()) {
    const stamp = join(root, folder, 'dist', '.configuration');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') !== configuration) {
      rmSync(join(root, folder, 'dist'), { recursive: true, force: true });
    }
    const expected = new Set([stamp]);
    for (const path of filesUnder(join(root, folder, 'src'))) {
      const source = isSource(path);
      if (!source && !isAsset(path)) continue;
      const output = join(root, outputOf(relative(root, path)));
      expected.add(output);
      if (source) expected.add(`${output}.map`);
      if (existsSync(output) && statSync(output).mtimeMs >= statSync(path).mtimeMs) continue;
      mkdirSync(dirname(output), { recursive: true });
      if (source) {
        swc ??= require('@swc/core');
        options ??= JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
        const { code, map } = swc.transformSync(readFileSync(path, 'utf8'), {
          ...options,
          swcrc: false,
          filename: path,
          sourceFileName: relative(dirname(output), path),
        });
        replaceFile(`${output}.map`, map);
        replaceFile(output, `${code}\n//# sourceMappingURL=${output.split(/[\\/]/).pop()}.map\n`);
      } else {
        replaceFile(output, readFileSync(path));
      }
      written += 1;
    }
    if (!existsSync(join(root, folder, 'dist'))) continue;
    for (const path of filesUnder(join(root, folder, 'dist')))
      if (!expected.has(path) && !/\.\d+$/.test(path)) rmSync(path, { force: true });
    writeFileSync(stamp, configuration);
  }
  return written;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const before = performance.now();
  const written = ensureBuilt();
  console.log(`Built: ${written} files in ${((performance.now() - before) / 1000).toFixed(1)} s`);
}
