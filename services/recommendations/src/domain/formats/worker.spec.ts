import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseInWorker } from '@followthrough/imports/files';
import type { FileFooter, FileHeader, RejectedRow, SourceRow } from './types';
import { formatsWorkerModule } from './worker-module';

let folder: string;

beforeAll(() => {
  // The thread runs built JavaScript.
  execFileSync(process.execPath, [resolve(__dirname, '../../../../../tools/build.mjs')]);
  folder = mkdtempSync(join(tmpdir(), 'formats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (path: string, memoryMb: number) =>
  parseInWorker<FileHeader, SourceRow | RejectedRow, FileFooter>({
    module: formatsWorkerModule,
    request: { source: { path }, name: 'list.csv' },
    limits: { memoryMb },
  });

describe('a file read in a worker thread', () => {
  it('gives header, rows and footer', async () => {
    const path = join(folder, 'small.csv');
    writeFileSync(path, 'State under review;Recommendation;Session\nKenya;Plant a tree;35\n');
    const parsing = parse(path, 64);
    expect(await parsing.header).toMatchObject({ format: 'spreadsheet', missing: [] });
    const rows = [];
    for await (const batch of parsing.batches) rows.push(...batch);
    expect(rows).toMatchObject([{ outcome: 'row', text: 'Plant a tree' }]);
    expect(await parsing.footer).toMatchObject({
      document: { stateUnderReview: 'KEN', session: 35 },
      encoding: 'utf-8',
    });
  });

  it('refuses with the reason and the cure', async () => {
    const path = join(folder, 'empty.csv');
    writeFileSync(path, '');
    await expect(parse(path, 64).header).rejects.toMatchObject({ reason: 'The file is empty.' });
  });

  it('reads a file of 50 MB within a heap of 40 MB', async () => {
    const path = join(folder, 'huge.csv');
    const out = createWriteStream(path);
    out.write('State under review;Recommendation;Session\n');
    const text = 'Plant trees in every town, and water them in every summer. '.repeat(14);
    for (let i = 0; i < 55_000; i += 1) {
      if (!out.write(`Kenya;${text} ${i};35\n`)) await once(out, 'drain');
    }
    out.end();
    await once(out, 'close');
    let rows = 0;
    for await (const batch of parse(path, 40).batches) rows += batch.length;
    expect(rows).toBe(55_000);
  }, 180_000);
});
