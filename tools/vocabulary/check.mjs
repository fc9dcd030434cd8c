// Are the committed code lists what the generator makes? Without the reference data beside the repository only the
// lists that need none are compared; under CI=true that is a failure.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generated, generatedFolder, referenceFolder, referenceIsThere } from './sources.mjs';

await import('./topics.mjs');
if (referenceIsThere) {
  await import('./sdg.mjs');
  await import('./states.mjs');
} else {
  console.log(`Only themes and groups are compared: ${referenceFolder} is not there`);
  if (process.env.CI === 'true') process.exitCode = 1;
}

const files = await generated();
const stale = [...files].filter(([name, text]) => {
  const path = join(generatedFolder, name);
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
});
const strays = referenceIsThere ? readdirSync(generatedFolder).filter((name) => !files.has(name)) : [];
for (const [name] of stale) console.error(`libs/vocabulary/src/gen/${name} is not current`);
for (const name of strays) console.error(`libs/vocabulary/src/gen/${name} is made by no generator`);
if (stale.length + strays.length > 0) {
  console.error('Run: node tools/vocabulary/generate.mjs');
  process.exitCode = 1;
} else {
  console.log(`${files.size} code lists are current`);
}
