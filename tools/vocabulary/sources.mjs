// Where the code lists are read from and how their generated form is written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The six languages of the United Nations. */
export const languages = ['en', 'fr', 'es', 'ru', 'ar', 'zh'];

/** A file of the reference data (facts only: codes, names, titles), which lies beside the repository. */
export function readReference(path) {
  const folder = process.env.FT_SHARED_DATA ?? join(root, '../shared/data');
  const file = join(folder, 'reference', path);
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: set FT_SHARED_DATA to the folder that holds reference/${path}`);
  }
  return readFileSync(file, 'utf8');
}

/** Writes a generated file of libs/vocabulary, formatted like everything else. */
export async function writeGenerated(name, content) {
  const path = join(root, 'libs/vocabulary/src/gen', name);
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const options = await prettier.resolveConfig(path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await prettier.format(text, { ...options, filepath: path }));
}
