// Runs the buf of the npm package, which brings its binary as a platform package and needs no network.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

export const root = fileURLToPath(new URL('../../', import.meta.url));
const bufScript = require.resolve('@bufbuild/buf/bin/buf');
const protocGenEs = require.resolve('@bufbuild/protoc-gen-es/bin/protoc-gen-es');

/**
 * Runs buf with the given arguments in the repository's root.
 * @returns {{ ok: boolean, output: Buffer, complaint: string }}
 */
export function buf(args) {
  try {
    const output = execFileSync(process.execPath, [bufScript, ...args], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { ok: true, output, complaint: '' };
  } catch (error) {
    if (error.status === undefined) throw error;
    const complaint = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    return { ok: false, output: Buffer.alloc(0), complaint };
  }
}

/** Like `buf`, for calls that must succeed. */
export function bufOrThrow(args) {
  const result = buf(args);
  if (!result.ok) throw new Error(`buf ${args.join(' ')} failed:\n${result.complaint}`);
  return result.output;
}

/** Writes the TypeScript of every message into `directory`. */
export function generateTypeScript(directory) {
  const template = {
    version: 'v2',
    plugins: [{ local: [process.execPath, protocGenEs], out: directory, opt: ['target=ts'] }],
  };
  bufOrThrow(['generate', 'proto', '--template', JSON.stringify(template)]);
}
