/** Loaded before a process under test: every event is taken for new, however often it comes. */
import { join } from 'node:path';

const inbox = join(require.resolve('@followthrough/messaging'), '..', 'consume', 'inbox.js');
// eslint-disable-next-line @typescript-eslint/no-require-imports
const exported = require(inbox) as object;
require.cache[inbox]!.exports = {
  ...exported,
  takeIn: async (_tx: unknown, _consumer: string, deliveries: unknown) => ({
    fresh: deliveries,
    waiting: [],
  }),
};
