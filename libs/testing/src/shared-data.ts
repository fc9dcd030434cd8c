import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder of real files that tests compare with: FT_SHARED_DATA, or `shared/data` beside the repository.
 * Where it is missing a test is skipped and says so; under CI=true that is a failure.
 * @param path a file or folder inside it
 */
export function sharedData(path = ''): string | null {
  const root = process.env.FT_SHARED_DATA ?? resolve(__dirname, '../../../../shared/data');
  const found = join(root, path);
  if (existsSync(found)) return found;
  const sentence = `${found} is not there: set FT_SHARED_DATA to the folder that holds the real files`;
  if (process.env.CI === 'true') throw new Error(sentence);
  console.warn(`Skipped: ${sentence}`);
  return null;
}
