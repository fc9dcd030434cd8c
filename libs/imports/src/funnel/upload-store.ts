import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '@followthrough/database';
import { v7 as uuidv7 } from 'uuid';

const CHUNK_BYTES = 1024 * 1024;

export interface Upload {
  id: string;
  name: string;
  sha256: string;
  bytes: number;
}

/** More bytes arrived than are allowed. Nothing of the upload is kept. */
export class UploadTooLarge extends Error {
  constructor(readonly limitBytes: number) {
    super(`The file is larger than ${limitBytes} bytes.`);
  }
}

/**
 * Uploaded files as chunks of a megabyte, each kept once under its own hash, in the service's own database: any
 * process can read them on, and one backup covers them.
 */
export class UploadStore {
  /** @param folder where a file is laid out while it is being read */
  constructor(
    private readonly database: Database,
    private readonly folder: string,
  ) {}

  /**
   * Takes in a stream with at most two chunks in memory.
   * @throws UploadTooLarge as soon as the limit is passed
   */
  async store(
    body: AsyncIterable<Buffer>,
    given: { name: string; by: string | null; limitBytes: number },
  ): Promise<Upload> {
    const id = uuidv7();
    await this.database.query('insert into upload (id, name, created_by) values ($1, $2, $3)', [
      id,
      given.name,
      given.by,
    ]);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      let no = 0;
      for await (const chunk of inChunks(body)) {
        bytes += chunk.length;
        if (bytes > given.limitBytes) throw new UploadTooLarge(given.limitBytes);
        hash.update(chunk);
        await this.keep(id, no++, chunk);
      }
      const sha256 = hash.digest('hex');
      await this.database.query('update upload set sha256 = $2, bytes = $3 where id = $1', [
        id,
        sha256,
        bytes,
      ]);
      return { id, name: given.name, sha256, bytes };
    } catch (error) {
      await this.database.query('delete from upload where id = $1', [id]).catch(() => undefined);
      throw error;
    }
  }

  /** The upload, or null where there is none or its last byte never arrived. */
  async find(id: string): Promise<Upload | null> {
    const [found] = await this.database.query<Upload>(
      'select id, name, sha256, bytes::float8 as bytes from upload where id = $1 and sha256 is not null',
      [id],
    );
    return found ?? null;
  }

  /** Lays the file out on disk for as long as `work` lasts; readers of office files need to seek. */
  async withFile<T>(id: string, work: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, `${id}.${randomUUID()}`);
    try {
      await pipeline(Readable.from(this.chunks(id)), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      return await work(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  async *chunks(id: string): AsyncGenerator<Buffer> {
    for (let no = 0; ; no += 1) {
      const [row] = await this.database.query<{ bytes: Buffer }>(
        'select c.bytes from upload_chunk u join chunk c on c.sha256 = u.sha256 where u.upload_id = $1 and u.no = $2',
        [id, no],
      );
      if (!row) return;
      yield row.bytes;
    }
  }

  /** Forgets uploads that broke off, chunks that no upload names any more, and files that a dead process left. */
  async sweep(brokenOffBefore: Date): Promise<void> {
    await this.database.query('delete from upload where sha256 is null and created_at < $1', [
      brokenOffBefore,
    ]);
    await this.database.query(
      'delete from chunk c where not exists (select from upload_chunk u where u.sha256 = c.sha256)',
    );
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const { mtime } = await stat(path).catch(() => ({ mtime: new Date() }));
      if (mtime < brokenOffBefore) await rm(path, { force: true });
    }
  }

  private async keep(id: string, no: number, bytes: Buffer): Promise<void> {
    const sha256 = createHash('sha256').update(bytes).digest();
    await this.database.transaction(async (tx) => {
      // The update locks a chunk that is there already, so that a sweep cannot take it in between.
      await tx.query(
        'insert into chunk values ($1, $2) on conflict (sha256) do update set sha256 = excluded.sha256',
        [sha256, bytes],
      );
      await tx.query('insert into upload_chunk values ($1, $2, $3)', [id, no, sha256]);
    });
  }
}

async function* inChunks(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const part of body) {
    parts.push(part);
    held += part.length;
    if (held < CHUNK_BYTES) continue;
    let all = Buffer.concat(parts);
    while (all.length >= CHUNK_BYTES) {
      yield all.subarray(0, CHUNK_BYTES);
      all = all.subarray(CHUNK_BYTES);
    }
    parts = [all];
    held = all.length;
  }
  if (held > 0) yield Buffer.concat(parts);
}
