import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { megabytes } from './source';
import { UnreadableFile, type FileSource } from './types';

/** What an Office file may unpack to. A 50 MB spreadsheet of 300,000 rows stays far below. */
export interface ZipLimits {
  entries: number;
  totalBytes: number;
  /** unpacked : packed, for entries over `freeBytes`; XML of real documents stays below 60 */
  ratio: number;
  freeBytes: number;
}

const LIMITS: ZipLimits = {
  entries: 10_000,
  totalBytes: 2 * 1024 ** 3,
  ratio: 150,
  freeBytes: 16 * 1024 ** 2,
};

/**
 * A zip container that has passed the gate: its declared sizes are plausible, and yauzl stops any entry that
 * turns out longer than declared. Close it when done.
 */
export interface ZipContainer {
  names(): Iterable<string>;
  has(name: string): boolean;
  /** The entry in pieces. Throws `UnreadableFile` when it is missing, encrypted or damaged, be it at its end. */
  content(name: string): AsyncGenerator<Buffer>;
  /** The entry as UTF-8, refused above `limit` bytes. */
  text(name: string, limit: number): Promise<string>;
  close(): void;
}

/** Opens the container and looks at every entry before any is unpacked. */
export async function openZip(source: FileSource, limits: ZipLimits = LIMITS): Promise<ZipContainer> {
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip =
      'bytes' in source
        ? await fromBufferPromise(source.bytes)
        : await openPromise(source.path, { autoClose: false });
  } catch (error) {
    throw damaged(error);
  }
  try {
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      refuseTrap(entry, entries.size + 1, total, limits);
      entries.set(entry.fileName.replace(/^\//, ''), entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof UnreadableFile ? error : damaged(error);
  }
  return new GatedZip(zip, entries);
}

function refuseTrap(entry: Entry, count: number, total: number, limits: ZipLimits): void {
  const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1);
  const swollen = entry.uncompressedSize > limits.freeBytes && ratio > limits.ratio;
  if (!swollen && total <= limits.totalBytes && count <= limits.entries) return;
  const what =
    count > limits.entries
      ? `holds more than ${limits.entries} parts`
      : `would unpack to ${megabytes(swollen ? entry.uncompressedSize : total)} MB or more`;
  throw new UnreadableFile(
    `The file ${what}, which no document of its size does; files like this (zip bombs) are made to stop servers.`,
    'Get the document again from where it came from, or save it anew in Office.',
  );
}

class GatedZip implements ZipContainer {
  constructor(
    private readonly zip: ZipFile,
    private readonly entries: Map<string, Entry>,
  ) {}

  names(): Iterable<string> {
    return this.entries.keys();
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  async *content(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw damaged(new Error(`${name} is missing`));
    if (entry.isEncrypted()) {
      throw new UnreadableFile('The file is protected by a password.', 'Save it without a password first.');
    }
    let stream: Readable | null = null;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      let checksum = 0;
      for await (const chunk of stream) {
        checksum = crc32(chunk as Buffer, checksum);
        yield chunk as Buffer;
      }
      // A flipped bit may unpack to other words without any error; only the checksum shows it.
      if (checksum !== entry.crc32) throw new Error(`${name} differs from its checksum`);
    } catch (error) {
      throw error instanceof UnreadableFile ? error : damaged(error);
    } finally {
      stream?.destroy();
    }
  }

  async text(name: string, limit: number): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.content(name)) {
      length += chunk.length;
      if (length > limit) {
        throw new UnreadableFile(
          `The part ${name} of the file is implausibly long.`,
          'Save the document anew in Office.',
        );
      }
      chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  }

  close(): void {
    this.zip.close();
  }
}

function damaged(error: unknown): UnreadableFile {
  const detail = (error as Error).message.replace(/\.$/, '');
  const cut = /end of central directory|truncated|out of bounds/i.test(detail);
  return new UnreadableFile(
    cut ? 'The file is cut off: its end is missing.' : `The file is damaged inside (${detail}).`,
    'Get it again from where it came from, or open it in Office or LibreOffice and save it anew.',
  );
}
