import { chunksOf, identify, refusal, UnreadableFile } from '@followthrough/imports/files';
import { openAmpCsv } from './amp/reader';
import { ARCHIVE_LIMITS, openArchive } from './archive';
import { gunzipped, isGzip } from './container';
import { NotXml, openIati, type IatiFile } from './iati/reader';
import type { DonorFooter, DonorHeader, DonorRequest, DonorRow, SchemaJudge } from './types';

export interface OpenedDonorFile {
  header: DonorHeader;
  /** can be read once */
  rows: AsyncIterable<DonorRow>;
  /** complete once the rows have been read */
  footer(): DonorFooter;
  close(): void;
}

/** Opens a donor file by what its bytes say. Throws `UnreadableFile` when nothing in it can be read. */
export async function openDonorFile(request: DonorRequest, judge: SchemaJudge): Promise<OpenedDonorFile> {
  const { source } = request;
  const footer: DonorFooter = { versions: [], encodings: [] };
  const met = ({ version, encoding }: IatiFile) => {
    if (!footer.versions.includes(version)) footer.versions.push(version);
    if (!footer.encodings.includes(encoding)) footer.encodings.push(encoding);
  };
  const { kind } = await identify(source, ARCHIVE_LIMITS);
  if (kind === 'zip') {
    const { format, rows, close } = await openArchive(source, judge, met);
    return { header: { format, template: null }, rows, footer: () => footer, close };
  }
  const gzip = await isGzip(source);
  if (!gzip && kind !== 'xml') {
    // Other kinds of tables are none of this reader's, so what is wrong with them is found by reading them as text.
    if (kind !== 'text' && kind !== 'docx' && kind !== 'xlsx' && kind !== 'xls') throw refusal(kind);
    const { template, encoding, rows } = await openAmpCsv(source, request.template);
    if (encoding) footer.encodings.push(encoding);
    return { header: { format: 'amp-csv', template }, rows, footer: () => footer, close: () => undefined };
  }
  const file = await openIati(gzip ? gunzipped(source) : chunksOf(source), judge).catch((error: unknown) => {
    throw gzip && error instanceof NotXml ? notXmlInside() : error;
  });
  met(file);
  const { root, rows } = file;
  return { header: { format: root, template: null }, rows, footer: () => footer, close: () => undefined };
}

function notXmlInside(): UnreadableFile {
  return new UnreadableFile('The compressed file holds no XML.', 'Unpack it and use the file inside.');
}
