import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { UnreadableFile, type FileSource } from './types';

const CHUNK_BYTES = 256 * 1024;

/** Size in bytes. Throws `UnreadableFile` if the path is no readable file. */
export async function sizeOf(source: FileSource): Promise<number> {
  if ('bytes' in source) return source.bytes.length;
  try {
    const found = await stat(source.path);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw unreachable(source.path, error);
  }
  throw new UnreadableFile(`${source.path} is not a file.`, 'Name one file.');
}

/** The first `length` bytes, fewer if the file is shorter. */
export async function headOf(source: FileSource, length: number): Promise<Buffer> {
  if ('bytes' in source) return source.bytes.subarray(0, length);
  try {
    const file = await open(source.path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreachable(source.path, error);
  }
}

/** The bytes from the beginning, in chunks, never all at once. */
export async function* chunksOf(source: FileSource): AsyncGenerator<Buffer> {
  if ('bytes' in source) {
    for (let from = 0; from < source.bytes.length; from += CHUNK_BYTES) {
      yield source.bytes.subarray(from, from + CHUNK_BYTES);
    }
    return;
  }
  try {
    for await (const chunk of createReadStream(source.path, { highWaterMark: CHUNK_BYTES })) {
      yield chunk as Buffer;
    }
  } catch (error) {
    throw unreachable(source.path, error);
  }
}

/** All bytes, for formats that need them at once. `limit` in bytes; a larger file is refused. */
export async function bytesOf(source: FileSource, limit: number): Promise<Buffer> {
  const size = await sizeOf(source);
  if (size > limit) {
    throw new UnreadableFile(
      `The file has ${megabytes(size)} MB; of this kind at most ${megabytes(limit)} MB can be read.`,
      'Save it as .xlsx or .csv, which are read in pieces, or split it.',
    );
  }
  if ('bytes' in source) return source.bytes;
  const chunks: Buffer[] = [];
  for await (const chunk of chunksOf(source)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

function unreachable(path: string, error: unknown): UnreadableFile {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new UnreadableFile(`There is no file ${path}.`, 'Check the name and folder.');
  if (code === 'EACCES' || code === 'EPERM') {
    return new UnreadableFile(`${path} may not be read.`, 'Give yourself the right to read it.');
  }
  if (code === 'EISDIR') return new UnreadableFile(`${path} is a folder.`, 'Name one file.');
  return new UnreadableFile(
    `${path} cannot be read (${code ?? (error as Error).message}).`,
    'Copy it to a local disk and try again.',
  );
}
