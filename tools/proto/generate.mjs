// Writes everything that is generated from proto/: run it after every change there.
//   node tools/proto/generate.mjs [--image]
// --image also moves proto/image.binpb, what `buf breaking` compares with, up to the present: at a release only.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bufOrThrow, generateTypeScript, root } from './buf.mjs';
import { outputs } from './outputs.mjs';

const fresh = mkdtempSync(join(tmpdir(), 'proto-'));
try {
  generateTypeScript(fresh);
  rmSync(join(root, 'libs/contracts/src/gen'), { recursive: true, force: true });
  cpSync(fresh, join(root, 'libs/contracts/src/gen'), { recursive: true });
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
for (const [path, content] of await outputs()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
if (process.argv.includes('--image')) {
  bufOrThrow(['build', 'proto', '-o', 'proto/image.binpb', '--exclude-source-info']);
}
