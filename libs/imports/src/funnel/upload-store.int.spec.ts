import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@followthrough/database';
import { testDatabase } from '@followthrough/testing';
import { importsMigrations } from '../index';
import { UploadStore, UploadTooLarge } from './upload-store';

const MB = 1024 * 1024;

describe('uploaded bytes', () => {
  let database: Database;
  let folder: string;
  let store: UploadStore;
  beforeEach(async () => {
    database = await testDatabase({ migrations: [importsMigrations] });
    folder = mkdtempSync(join(tmpdir(), 'uploads-'));
    store = new UploadStore(database, folder);
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const given = { name: 'file.csv', by: 'member', limitBytes: 10 * MB };
  const chunks = async () => (await database.query('select count(*)::int as n from chunk'))[0].n as number;

  it('come back as they were, however they arrived, and are kept once', async () => {
    const bytes = Buffer.concat([randomBytes(2 * MB), Buffer.from('the end')]);
    for (const size of [1000, 3 * MB, MB]) {
      const upload = await store.store(inParts(bytes, size), given);
      expect(upload).toMatchObject({
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      await store.withFile(upload.id, async (path) => expect(readFileSync(path).equals(bytes)).toBe(true));
    }
    expect(await chunks()).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leave nothing behind that can be found where they are too many or break off', async () => {
    await expect(
      store.store(inParts(Buffer.alloc(3 * MB, 1), 1000), { ...given, limitBytes: 2 * MB }),
    ).rejects.toThrow(UploadTooLarge);
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(2 * MB, 2);
      throw new Error('the connection broke');
    }
    await expect(store.store(broken(), given)).rejects.toThrow('the connection broke');
    expect(await database.query('select id from upload')).toEqual([]);
    await store.sweep(new Date());
    expect(await chunks()).toBe(0);
  });

  it('are swept where the process died under them, and not where they are whole', async () => {
    const whole = await store.store(inParts(Buffer.from('whole'), 10), given);
    await database.query(
      `insert into upload (id, name, created_at) values (gen_random_uuid(), 'half', now() - interval '2 days')`,
    );
    const left = join(folder, 'left-behind');
    writeFileSync(left, 'x');
    utimesSync(left, 0, 0);
    writeFileSync(join(folder, 'being-read'), 'x');
    await store.sweep(new Date(Date.now() - 24 * 3600 * 1000));
    expect(readdirSync(folder)).toEqual(['being-read']);
    expect(await database.query('select id from upload')).toEqual([{ id: whole.id }]);
    expect(await chunks()).toBe(1);
  });
});
