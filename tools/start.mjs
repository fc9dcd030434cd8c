// `npm start`: builds what is stale, then runs the whole platform in this process. `--demo` loads demo data too.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Followthrough needs Node.js 20.19 or newer, and this is ${process.versions.node}: install a newer one.`,
  );
  process.exit(1);
}
const { ensureBuilt, root } = await import('./build.mjs');
const { ensureWeb } = await import('./web.mjs');

try {
  ensureBuilt();
  await ensureWeb((line) => console.log(line));
} catch (error) {
  const full =
    error.code === 'ENOSPC' ? 'The disk is full: free some space, then start again.' : error.message;
  console.error(full);
  process.exit(1);
}
createRequire(import.meta.url)(join(root, 'host', 'dist', 'main.js'));
