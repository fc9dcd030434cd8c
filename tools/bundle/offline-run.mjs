// `node offline-run.mjs BUNDLE FILE`: starts an unpacked bundle as its user would, from a shell without Node.js, asks
// for the first page, looks into a file, presses Ctrl-C, and prints as JSON what it saw. The test of the bundle runs it
// with the bundle's own Node.js where there is no network.
import { spawn, spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

const [bundle, file] = process.argv.slice(2);
const ft = (...args) => spawnSync(join(bundle, 'bin', 'ft'), args, { encoding: 'utf8' });

const seen = {
  uid: process.getuid(),
  interfaces: Object.keys(networkInterfaces()),
  /** 192.0.2.0/24 is nobody's (RFC 5737); with a network the attempt would last. */
  outside: await new Promise((resolve) => {
    const socket = connect({ host: '192.0.2.1', port: 443, timeout: 1_000 });
    socket.once('error', (error) => resolve(error.code));
    socket.once('timeout', () => resolve('no answer'));
    socket.once('connect', () => resolve('connected'));
    socket.once('close', () => socket.destroy());
  }),
  names: await lookup('registry.npmjs.org').then(
    () => 'resolved',
    (error) => error.code,
  ),
  nodeInPath: spawnSync('node', ['--version']).error?.code ?? 'found',
};

const began = performance.now();
const started = spawn(join(bundle, 'bin', 'followthrough'), [], { stdio: ['ignore', 'pipe', 'pipe'] });
let output = '';
const ended = new Promise((resolve) => started.once('close', (code, signal) => resolve(signal ?? code)));
const url = await Promise.race([
  new Promise((resolve) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (part) => {
        output += part;
        if (output.includes('Ctrl-C stops it')) resolve(/ready: (http\S+)/.exec(output)?.[1]);
      });
    }
  }),
  ended.then(() => null),
]);
if (url) {
  seen.startMs = Math.round(performance.now() - began);
  const page = await fetch(url);
  const text = await page.text();
  seen.page = { status: page.status, title: /<title>(.*?)<\/title>/.exec(text)?.[1] };
  const script = /src="([^"]+\.js)"/.exec(text)?.[1] ?? '';
  seen.script = (await fetch(new URL(script, url))).status;
  seen.ready = (await fetch(new URL('/api/recommendations/v1/ready', url))).status;
  const { status, stdout, stderr } = ft('inspect', file);
  seen.inspect = { status, output: stdout + stderr };
  seen.upgrade = ft('upgrade', '--check').status;
  const asked = performance.now();
  started.kill('SIGINT');
  seen.ended = await ended;
  seen.stopMs = Math.round(performance.now() - asked);
}
seen.output = output;
console.log(JSON.stringify(seen));
