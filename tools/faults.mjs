// `npm run faults -- --rounds N --seed S`: breaks services, brokers, Redis, PostgreSQL, cables and clocks under load, and
// compares what was accepted with what took effect. See docs/faults.md.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, root } from './build.mjs';
import { ensureWeb } from './web.mjs';

ensureBuilt();
await ensureWeb((line) => console.log(line));
createRequire(import.meta.url)(join(root, 'e2e', 'dist', 'faults', 'main.js'));
