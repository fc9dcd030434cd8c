import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { chunksOf, headOf, UnreadableFile, type FileSource } from '@followthrough/imports/files';

/** The file unpacks to so much that it was made to stop servers; nothing of it is kept. */
export class Trap extends UnreadableFile {}

const FREE_BYTES = 64 * 1024 * 1024;
/** Unpacked : packed. Real files of the standard stay below 40, made-up ones of equal activities below 300. */
const RATIO = 500;
const CHUNK_BYTES = 256 * 1024;

export async function isGzip(source: FileSource): Promise<boolean> {
  const head = await headOf(source, 2);
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * What a .gz holds, of one member or several. One that is cut off gives what there is of it; one that is damaged
 * throws `UnreadableFile` where the damage is.
 */
export async function* gunzipped(source: FileSource): AsyncGenerator<Buffer> {
  let packed = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunksOf(source)) {
      packed += chunk.length;
      yield chunk;
    }
  }
  const input = Readable.from(counted());
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  input.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  let unpacked = 0;
  try {
    for await (const chunk of gunzip) {
      unpacked += (chunk as Buffer).length;
      if (unpacked > FREE_BYTES && unpacked > RATIO * packed) {
        throw new Trap(
          'The file unpacks to more than any file of its size does; files like this (zip bombs) are made to stop servers.',
          'Get the file again from its publisher.',
        );
      }
      yield chunk as Buffer;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const detail = (error as Error).message.replace(/\.$/, '');
    throw new UnreadableFile(
      `The compressed file is damaged from here on (${detail}).`,
      'Get it again from its publisher.',
    );
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}
