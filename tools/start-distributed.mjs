// `npm run start:distributed [-- --replicas 2 --brokers 3]`: builds what is stale, then starts every service as its own
// process over Kafka, Redis and PostgreSQL; those that no address names are started too.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureBuilt, root } from './build.mjs';
import { ensureWeb } from './web.mjs';

ensureBuilt();
await ensureWeb((line) => console.log(line));
createRequire(import.meta.url)(join(root, 'host', 'dist', 'distributed-main.js'));
