import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataDir } from './claim-data-dir';

let dataDir: string;
const claimFile = (): string => join(dataDir, 'followthrough.pid');

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'followthrough-claim-'));
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('refuses a second start beside a running one, and says where that is reached', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    await once(other, 'spawn');
    writeFileSync(claimFile(), JSON.stringify({ pid: other.pid, began: null, url: 'http://127.0.0.1:4000' }));
    expect(() => claimDataDir(dataDir)).toThrow(
      `Followthrough is already running (process ${other.pid}, http://127.0.0.1:4000); stop it or set DATA_DIR.`,
    );
  } finally {
    const ended = once(other, 'exit');
    other.kill();
    await ended;
  }
  claimDataDir(dataDir).release();
  expect(readdirSync(dataDir)).toEqual([]);
});

it('is not held up by a claim of a process that is gone, of its number in another life, or by a torn file', () => {
  for (const content of [
    JSON.stringify({ pid: 2 ** 22 + 1, began: null, url: null }),
    JSON.stringify({ pid: process.ppid, began: 'another boot 1', url: null }),
    JSON.stringify({ pid: process.pid, began: null, url: null }),
    '',
  ]) {
    writeFileSync(claimFile(), content);
    const claim = claimDataDir(dataDir);
    claim.announce('http://127.0.0.1:4000');
    expect(JSON.parse(readFileSync(claimFile(), 'utf8'))).toMatchObject({
      pid: process.pid,
      url: 'http://127.0.0.1:4000',
    });
    claim.release();
    expect(readdirSync(dataDir)).toEqual([]);
  }
});

it('says that nothing can be written to the folder', () => {
  writeFileSync(join(dataDir, 'a file'), '');
  expect(() => claimDataDir(join(dataDir, 'a file'))).toThrow(
    /^Nothing can be written to .*a file \(\w+\): .* set DATA_DIR/,
  );
});
