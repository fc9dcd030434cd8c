import {
  openZip,
  UnreadableFile,
  type FileSource,
  type ZipContainer,
  type ZipLimits,
} from '@followthrough/imports/files';
import { openIati, type IatiFile } from './iati/reader';
import type { DonorFormat, DonorRow, SchemaJudge } from './types';

/** Archives of publishers hold text, which packs to a tenth, and may hold much of it: it is read as a stream. */
export const ARCHIVE_LIMITS: ZipLimits = {
  entries: 10_000,
  totalBytes: 64 * 1024 ** 3,
  ratio: 500,
  freeBytes: 64 * 1024 ** 2,
};

export interface DonorArchive {
  format: DonorFormat;
  rows: AsyncIterable<DonorRow>;
  close: () => void;
}

/** Whether an archive holds XML; what is inside is not looked at. */
export async function holdsXml(source: FileSource): Promise<boolean> {
  const zip = await openZip(source, ARCHIVE_LIMITS);
  try {
    return filesIn(zip).some((name) => /\.xml$/i.test(name));
  } finally {
    zip.close();
  }
}

/**
 * Opens an archive of IATI files; what else is in it is named in a finding. Throws `UnreadableFile` where none is, and
 * for archives that were made to do harm.
 * @param met is told of each file when its turn comes
 */
export async function openArchive(
  source: FileSource,
  judge: SchemaJudge,
  met: (file: IatiFile) => void,
): Promise<DonorArchive> {
  const zip = await openZip(source, ARCHIVE_LIMITS);
  try {
    const names = filesIn(zip).sort();
    return {
      format: await formatOf(zip, names, judge),
      rows: rowsOf(zip, names, judge, met),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function* rowsOf(
  zip: ZipContainer,
  names: string[],
  judge: SchemaJudge,
  met: (file: IatiFile) => void,
): AsyncGenerator<DonorRow> {
  for (const name of names) {
    try {
      const file = await openIati(zip.content(name), judge);
      met(file);
      for await (const row of file.rows) yield ofFile(row, name);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield notRead(name, error.reason);
    }
  }
}

/** That of activities if there is a file of them, for they are what an archive is read for. */
async function formatOf(zip: ZipContainer, names: string[], judge: SchemaJudge): Promise<DonorFormat> {
  let format: DonorFormat | null = null;
  let refused: UnreadableFile | null = null;
  for (const name of names) {
    try {
      const { root, rows } = await openIati(zip.content(name), judge);
      await rows[Symbol.asyncIterator]().return?.();
      if (root === 'iati-activities') return root;
      format = root;
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      refused ??= error;
    }
  }
  if (format) return format;
  if (refused && names.length === 1) throw refused;
  throw new UnreadableFile(
    'The archive holds no IATI file.',
    'Unpack it and choose the files inside one by one.',
  );
}

function filesIn(zip: ZipContainer): string[] {
  return [...zip.names()].filter((name) => !/\/$|(^|\/)(__MACOSX\/|\.)/.test(name));
}

function ofFile(row: DonorRow, file: string): DonorRow {
  if (row.outcome === 'finding') return { ...row, finding: { ...row.finding, file } };
  return { ...row, findings: row.findings.map((finding) => ({ ...finding, file })) };
}

function notRead(file: string, reason: string): DonorRow {
  const message = `${file} was not read: ${reason}`;
  const finding = {
    ruleId: 'file',
    severity: 'warning',
    activity: '',
    line: 1,
    column: 1,
    message,
    file,
  } as const;
  return { outcome: 'finding', unread: false, finding };
}
