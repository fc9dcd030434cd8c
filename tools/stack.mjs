// `npm run stack [-- --brokers 3]`: PostgreSQL, Redis and Kafka natively, for development without Docker. Prints the
// environment to use; Ctrl-C stops what it started. What DATABASE_URL, REDIS_URL or KAFKA_BROKERS name is used instead.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, root } from './build.mjs';

const { values } = parseArgs({ options: { brokers: { type: 'string', default: '1' } } });
const brokers = Number(values.brokers);
if (![1, 3].includes(brokers)) {
  console.error(`--brokers takes 1 or 3, not ${values.brokers}.`);
  process.exit(2);
}
ensureBuilt();
const { startStack } = createRequire(import.meta.url)(join(root, 'libs', 'stack', 'dist', 'index.js'));
const given = Object.fromEntries(
  ['DATABASE_URL', 'REDIS_URL', 'KAFKA_BROKERS']
    .filter((name) => process.env[name])
    .map((name) => [name, process.env[name]]),
);

let stack = null;
let stopping = false;
const stop = async () => {
  if (stopping) process.exit(1);
  stopping = true;
  if (!stack) return;
  await stack.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());

try {
  stack = await startStack({
    folder: join(root, '.data', 'stack'),
    brokers,
    given,
    say: (line) => console.error(line),
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
if (stopping) {
  await stack.stop();
  process.exit(0);
}
for (const [name, value] of Object.entries(stack.environment)) console.log(`export ${name}='${value}'`);
console.error('Ctrl-C stops it; the data stays in .data/stack.');
// Nothing else may keep the event loop alive.
setInterval(() => undefined, 3_600_000);
