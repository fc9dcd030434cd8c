// `npm test`: every test that runs without Docker. Ends with a line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, root } from './build.mjs';
import { ensureWeb } from './web.mjs';

ensureBuilt();
await ensureWeb((line) => console.log(line));
const report = join(root, '.cache', 'jest-report.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);
const result = JSON.parse(readFileSync(report, 'utf8'));
const skipped = result.numPendingTests + result.numTodoTests;
for (const file of result.testResults) {
  for (const test of file.assertionResults) {
    if (test.status === 'pending' || test.status === 'todo') console.log(`SKIPPED: ${test.fullName}`);
  }
}
const broken = result.numFailedTests + result.numRuntimeErrorTestSuites;
if (process.env.CI === 'true' && skipped > 0) {
  console.log(`${skipped} tests were skipped, and in CI none may be.`);
  process.exitCode = 1;
}
console.log(`${result.numPassedTests} passed, ${broken} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
if (status !== 0 || broken > 0) process.exitCode = 1;
