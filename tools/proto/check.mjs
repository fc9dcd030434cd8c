// The contracts: proto files follow buf's rules, break nobody who reads the last release's events, everything that is
// generated from them is current, and the AsyncAPI document is valid. Needs no network.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buf, generateTypeScript, root } from './buf.mjs';
import { outputs } from './outputs.mjs';

const complaints = [];

for (const [what, args] of [
  ['proto files break a rule (buf lint)', ['lint', 'proto']],
  ['proto files are not formatted (buf format -w proto)', ['format', '--exit-code', '--diff', 'proto']],
  ['a change breaks readers (buf breaking)', ['breaking', 'proto', '--against', 'proto/image.binpb']],
]) {
  const result = buf(args);
  if (!result.ok) complaints.push(`${what}:\n${result.complaint}`);
}

const stale = complaints.length === 0 ? await findStale() : [];
if (stale.length > 0) {
  complaints.push(`not current: ${stale.join(', ')}\nRun: node tools/proto/generate.mjs`);
}
complaints.push(...(await asyncApiErrors()));

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;
else console.log('Contracts: lint, breaking changes, generated files and AsyncAPI are in order');

async function findStale() {
  const fresh = mkdtempSync(join(tmpdir(), 'proto-'));
  try {
    generateTypeScript(fresh);
    const committed = join(root, 'libs/contracts/src/gen');
    const expected = new Map(
      filesUnder(fresh).map((path) => [path, readFileSync(join(fresh, path), 'utf8')]),
    );
    const texts = await outputs();
    const different = [...expected].filter(([path, text]) => !isSame(join(committed, path), text));
    const others = [...texts].filter(([path, text]) => !isSame(join(root, path), text));
    const strays = filesUnder(committed).filter((path) => !expected.has(path) && path !== 'catalogue.ts');
    return [
      ...[...different.map(([path]) => path), ...strays].map((path) => `libs/contracts/src/gen/${path}`),
      ...others.map(([path]) => path),
    ];
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function isSame(path, text) {
  return existsSync(path) && readFileSync(path, 'utf8') === text;
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
}

async function asyncApiErrors() {
  const path = join(root, 'docs/asyncapi.json');
  if (!existsSync(path)) return [];
  const { Parser } = createRequire(import.meta.url)('@asyncapi/parser');
  const { document, diagnostics } = await new Parser().parse(readFileSync(path, 'utf8'));
  const errors = diagnostics.filter(({ severity }) => severity === 0);
  if (document && errors.length === 0) return [];
  return [
    `docs/asyncapi.json is not valid:\n${errors.map((one) => `${one.path.join('.')}: ${one.message}`).join('\n')}`,
  ];
}
