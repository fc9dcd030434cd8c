import { identify, type FileSource } from '@followthrough/imports/files';
import { holdsXml } from './archive';
import { isGzip } from './container';

/** Whether this is a file for the reader of donor files; it may still turn out to be unreadable. */
export async function isDonorFile(source: FileSource): Promise<boolean> {
  if (await isGzip(source)) return true;
  const { kind } = await identify(source);
  if (kind === 'zip') return holdsXml(source);
  return kind === 'xml';
}
