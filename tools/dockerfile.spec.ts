import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { settingNames } from '@followthrough/service-kit';
import { validate } from 'dockerfile-utils';

const folder = join(__dirname, '..', 'deploy', 'docker');
const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
const lines = (instruction: string) =>
  [...dockerfile.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].map(([, rest]) => rest!);

it('is one that Docker takes, and a misspelt instruction would be told', () => {
  expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
  const wrong = dockerfile.replace(/^WORKDIR/m, 'WORKDR');
  expect(validate(wrong)).toEqual([expect.objectContaining({ message: expect.stringContaining('WORKDR') })]);
});

it('runs without rights, from images with a name for their release', () => {
  expect(lines('USER').at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  for (const image of lines('FROM')) expect(image).toMatch(/^\S+:(?!latest)\S+/);
  const own = lines('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('=')[0]!));
  expect(own.filter((name) => ![...settingNames, 'NODE_ENV'].includes(name))).toEqual([]);
});

it.each([
  ['ready', 200, 0],
  ['not ready', 503, 1],
])('its question says whether a service is %s', async (_, status, ends) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const PORT = String((server.address() as AddressInfo).port);
  const question = spawn(process.execPath, [join(folder, 'ready.mjs'), 'funding'], { env: { PORT } });
  expect(await new Promise((resolve) => question.once('close', resolve))).toBe(ends);
  expect(asked).toEqual(['/api/funding/v1/ready']);
  await new Promise((resolve) => server.close(resolve));
  const alone = spawn(process.execPath, [join(folder, 'ready.mjs')], { env: { PORT } });
  expect(await new Promise((resolve) => alone.once('close', resolve))).toBe(1);
});
