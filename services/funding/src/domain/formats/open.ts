import { chunksOf, identify, refusal, UnreadableFile } from '@followthrough/imports/files';
import { openArchive } from './archive';
import { gunzipped, isGzip } from './container';
import { openIati, type IatiFile } from './iati/reader';
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
  const { kind } = await identify(source);
  if (kind === 'zip') {
    const { format, rows, close } = await openArchive(source, judge, met);
    return { header: { format, template: null }, rows, footer: () => footer, close };
  }
  const gzip = await isGzip(source);
  if (!gzip && kind !== 'xml') {
    if (kind === 'text' || kind === 'docx' || kind === 'xlsx' || kind === 'xls') {
      throw new UnreadableFile('The file is no XML.', 'Choose an IATI file.');
    }
    throw refusal(kind);
  }
  const file = await openIati(gzip ? gunzipped(source) : chunksOf(source), judge);
  met(file);
  const { root, rows } = file;
  return { header: { format: root, template: null }, rows, footer: () => footer, close: () => undefined };
}
