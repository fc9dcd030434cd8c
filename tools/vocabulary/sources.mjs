// Where the code lists are read from, and what is generated from them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const generatedFolder = join(root, 'libs/vocabulary/src/gen');

/** The six languages of the United Nations. */
export const languages = ['en', 'fr', 'es', 'ru', 'ar', 'zh'];

/** The folder of reference data (facts only: codes, names, titles), which lies beside the repository. */
export const referenceFolder = join(process.env.FT_SHARED_DATA ?? join(root, '../shared/data'), 'reference');

export const referenceIsThere = existsSync(referenceFolder);

export function readReference(path) {
  const file = join(referenceFolder, path);
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: set FT_SHARED_DATA to the folder that holds reference/${path}`);
  }
  return readFileSync(file, 'utf8');
}

const emitted = new Map();

/** Adds a file to what is generated into libs/vocabulary/src/gen. */
export function emit(name, content) {
  emitted.set(name, JSON.stringify(content));
}

/** Everything that the modules loaded so far have emitted: file name and text, formatted like everything else. */
export async function generated() {
  const files = new Map();
  for (const [name, text] of emitted) {
    const filepath = join(generatedFolder, name);
    const options = await prettier.resolveConfig(filepath);
    files.set(name, await prettier.format(text, { ...options, filepath }));
  }
  return files;
}
