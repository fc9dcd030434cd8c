// Writes the code lists of libs/vocabulary: run it after a change of the lists here or of the reference data.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import './sdg.mjs';
import { generated, generatedFolder } from './sources.mjs';
import './states.mjs';
import './topics.mjs';

mkdirSync(generatedFolder, { recursive: true });
for (const [name, text] of await generated()) writeFileSync(join(generatedFolder, name), text);
