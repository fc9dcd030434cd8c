import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UnreadableFile } from './types';
import { builtModule, parseInWorker } from './worker';

let folder: string;

beforeAll(() => {
  // The thread runs built JavaScript.
  execFileSync(process.execPath, [resolve(__dirname, '../../../../tools/build.mjs')]);
  folder = mkdtempSync(join(tmpdir(), 'parser-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A parser whose rows are made by `body`, the inside of an async generator. */
function parser(name: string, body: string): string {
  const path = join(folder, `${name}.js`);
  const types = JSON.stringify(builtModule(__dirname, 'types.js'));
  writeFileSync(
    path,
    `const { UnreadableFile } = require(${types});
     async function* rows(request) { ${body} }
     exports.open = async (request) => ({ header: { request }, rows: rows(request), footer: () => 'end' });`,
  );
  return path;
}

async function readAll(module: string, limits = {}) {
  const parsing = parseInWorker<unknown, number, string>({ module, request: 40, limits, batchRows: 10 });
  const rows: number[] = [];
  for await (const batch of parsing.batches) rows.push(...batch);
  return { rows, header: await parsing.header, footer: await parsing.footer };
}

describe('parseInWorker', () => {
  it('hands over header, rows in order, and footer', async () => {
    const read = await readAll(parser('counts', 'for (let i = 0; i < request; i += 1) yield i;'));
    expect(read.header).toEqual({ request: 40 });
    expect(read.rows).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(read.footer).toBe('end');
  });

  it('lets a parser load a module that cannot be required', async () => {
    writeFileSync(join(folder, 'late.mjs'), 'export const answer = await Promise.resolve(42);');
    const path = join(folder, 'imports.js');
    writeFileSync(
      path,
      `exports.open = async (request, importModule) => {
         const { answer } = await importModule(${JSON.stringify(join(folder, 'late.mjs'))});
         return { header: { answer }, rows: (async function* () {})(), footer: () => 'end' };
       };`,
    );
    expect((await readAll(path)).header).toEqual({ answer: 42 });
  });

  it('hands over a refusal as such', async () => {
    const module = parser('refuses', "yield 1; throw new UnreadableFile('It is broken.', 'Mend it.');");
    await expect(readAll(module)).rejects.toMatchObject({ reason: 'It is broken.', cure: 'Mend it.' });
    await expect(readAll(module)).rejects.toBeInstanceOf(UnreadableFile);
  });

  it('hands over any other error without pretending that the file is at fault', async () => {
    const error = await readAll(parser('breaks', "throw new TypeError('oops');")).catch((e: unknown) => e);
    expect(error).toMatchObject({ message: 'oops' });
    expect(error).not.toBeInstanceOf(UnreadableFile);
  });

  it('stops a parser that takes too much memory', async () => {
    const module = parser(
      'swells',
      'const all = []; for (;;) all.push(new Array(1000).fill(Math.random()));',
    );
    await expect(readAll(module, { memoryMb: 32 })).rejects.toThrow('needs more than 32 MB of memory');
  });

  it('stops a parser that never comes to an end', async () => {
    const module = parser('hangs', 'yield 1; for (;;);');
    await expect(readAll(module, { silenceMs: 300 })).rejects.toThrow('without a row');
  });

  it('does not count the pauses of the reader', async () => {
    const module = parser('waits', 'for (let i = 0; i < 200; i += 1) yield i;');
    const parsing = parseInWorker<unknown, number, string>({
      module,
      request: 1,
      batchRows: 10,
      limits: { silenceMs: 400 },
    });
    const rows: number[] = [];
    for await (const batch of parsing.batches) {
      rows.push(...batch);
      if (rows.length === 10) await new Promise((resume) => setTimeout(resume, 800));
    }
    expect(rows).toHaveLength(200);
  });

  it('does not run ahead of its reader', async () => {
    const log = join(folder, 'progress');
    const module = parser(
      'logs',
      `for (let i = 0; i < 1000; i += 1) { require('fs').writeFileSync(${JSON.stringify(log)}, String(i)); yield i; }`,
    );
    const parsing = parseInWorker<unknown, number, string>({ module, request: 1, batchRows: 10 });
    for await (const _ of parsing.batches) break;
    expect(Number(execFileSync('cat', [log]).toString())).toBeLessThan(100);
  });

  it('ends when it is called off', async () => {
    const abort = new AbortController();
    const module = parser('endless', 'for (let i = 0; ; i += 1) yield i;');
    const parsing = parseInWorker<unknown, number, string>({ module, request: 1, signal: abort.signal });
    const reading = (async () => {
      for await (const _ of parsing.batches) abort.abort();
    })();
    await expect(reading).rejects.toThrow('called off');
  });
});
