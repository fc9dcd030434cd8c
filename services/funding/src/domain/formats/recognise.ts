import { headOf, identify, splitDelimited, type FileSource } from '@followthrough/imports/files';
import { recognisedAmpTemplate } from './amp/templates';
import { ARCHIVE_LIMITS, holdsXml } from './archive';
import { isGzip } from './container';

const HEAD_BYTES = 16 * 1024;

/** Whether this is a file for the reader of donor files; it may still turn out to be unreadable. */
export async function isDonorFile(source: FileSource): Promise<boolean> {
  if (await isGzip(source)) return true;
  const { kind } = await identify(source, ARCHIVE_LIMITS);
  if (kind === 'zip') return holdsXml(source);
  return kind === 'xml' || (kind === 'text' && isAmpTable(await headOf(source, HEAD_BYTES)));
}

/** By the first line; the headings of our templates are ASCII, and zero bytes are those of UTF-16. */
function isAmpTable(head: Buffer): boolean {
  const text = head.toString('latin1').replace(/\0|^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/g, '');
  const line = /^[^\r\n]*/.exec(text)![0];
  return [',', ';', '\t', '|'].some((delimiter) => {
    const [headings] = splitDelimited(line, { delimiter, lineEnd: '\n' });
    return headings !== undefined && recognisedAmpTemplate(headings.cells) !== null;
  });
}
