import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack, type Pack } from 'tar-stream';
import { DatabaseProblem, isDiskFull } from '../failures';

/** Adds a file to the archive; resolves when there is room for the next. */
export type AddEntry = (name: string, content: Buffer) => Promise<void>;

/**
 * Writes a gzipped tar that only its owner can read. Under its own name it appears whole or not at all.
 * @throws DatabaseProblem when a file of that name is there, or the disk is full
 */
export async function writeArchive(path: string, fill: (add: AddEntry) => Promise<void>): Promise<void> {
  const part = `${path}.part`;
  const tar = pack();
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new DatabaseProblem(
      'in-use',
      `${path} is there already: give the backup another name, or remove that file.`,
    );
  }
  try {
    const file = createWriteStream(part, { mode: 0o600, flush: true });
    const written = pipeline(tar, createGzip({ level: 3 }), file);
    // A failed disk must end the filling too, which waits for the tar to take more.
    const failed = written.then(() => new Promise<never>(() => undefined));
    await Promise.race([
      fill((name, content) => addEntry(tar, name, content)).then(() => tar.finalize()),
      failed,
    ]);
    await written;
    await rename(part, path);
  } catch (error) {
    tar.destroy();
    await Promise.all([rm(part, { force: true }), rm(path, { force: true })]);
    if (!isDiskFull(error)) throw error;
    throw new DatabaseProblem(
      'disk-full',
      `The disk has no room for ${path}: free some space, or write the backup to another disk.`,
      { cause: error },
    );
  }
}

function addEntry(tar: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ name, size: content.length, mode: 0o600 }, content, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

export interface ArchiveEntry {
  name: string;
  content: AsyncIterable<Buffer>;
}

/**
 * Reads the entries in the order in which they were written. Each content must be read to its end.
 * @throws DatabaseProblem when the file is no such archive, damaged or cut off
 */
export async function* readArchive(path: string): AsyncGenerator<ArchiveEntry> {
  const entries = extract();
  const unpacking = pipeline(createReadStream(path), createGunzip(), entries);
  unpacking.catch(() => undefined);
  try {
    for await (const entry of entries) yield { name: entry.header.name, content: contentOf(entry, path) };
    await unpacking;
  } catch (error) {
    throw asDamage(path, error);
  }
}

/** Damage shows where the bytes are taken, which is outside of the loop over the entries. */
async function* contentOf(entry: AsyncIterable<unknown>, path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of entry) yield chunk as Buffer;
  } catch (error) {
    throw asDamage(path, error);
  }
}

function asDamage(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof DatabaseProblem) return error;
  if (code === 'ENOENT') return new DatabaseProblem('unsuitable', `${path} is not there.`);
  if (code?.startsWith('Z_') || /tar|unexpected end|Invalid/i.test(message)) {
    return new DatabaseProblem(
      'unsuitable',
      `${path} is not a whole backup (${message}): take another copy of it.`,
      { cause: error },
    );
  }
  return error;
}
