#!/usr/bin/env node
// Compiles what has changed since the last time, then runs the command line. Right after `npm ci` nothing is built
// yet; when all is current this costs some milliseconds.
'use strict';

async function run() {
  const { ensureBuilt } = await import('../../tools/build.mjs');
  ensureBuilt();
  require('../dist/ft.js');
}

run().catch((error) => {
  process.stderr.write(`The command could not start: ${error.message.split('\n')[0]}\n`);
  process.exitCode = 1;
});
