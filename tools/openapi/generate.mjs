// Writes docs/openapi/<service>.json: run it after every change of a route.
//   node tools/openapi/generate.mjs [--released]
// --released also moves docs/openapi/released.json, what the check compares with, up to the present: at a release only.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, root } from '../build.mjs';

ensureBuilt();
const { documents, folder, releasedFile, textOf } = await import('./documents.mjs');
const present = await documents();
mkdirSync(join(root, folder), { recursive: true });
for (const [name, document] of present)
  writeFileSync(join(root, folder, `${name}.json`), await textOf(document));
if (process.argv.includes('--released')) {
  const promised = (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value);
  writeFileSync(join(root, releasedFile), `${JSON.stringify(Object.fromEntries(present), promised)}\n`);
}
