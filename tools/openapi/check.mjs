// The APIs: what is committed describes the services as they are, and breaks nobody who calls the last release.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, root } from '../build.mjs';
import { breakingChanges } from './compare.mjs';

ensureBuilt();
const { documents, folder, releasedFile, textOf } = await import('./documents.mjs');
const present = await documents();
const complaints = [];

const stale = [];
for (const [name, document] of present) {
  const path = join(root, folder, `${name}.json`);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== (await textOf(document)))
    stale.push(`${folder}/${name}.json`);
}
if (stale.length > 0)
  complaints.push(`not current: ${stale.join(', ')}\nRun: node tools/openapi/generate.mjs`);

const released = JSON.parse(readFileSync(join(root, releasedFile), 'utf8'));
for (const [name, before] of Object.entries(released)) {
  const broken = breakingChanges(before, present.get(name) ?? { paths: {} });
  if (broken.length > 0) complaints.push(`a change breaks callers of ${name}:\n  ${broken.join('\n  ')}`);
}

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
else console.log('APIs: descriptions are current, and no change breaks callers of the last release');
