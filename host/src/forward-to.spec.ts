import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { forwardTo } from './forward-to';

const open: Server[] = [];
const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Tells what it was asked and how often. */
async function replica(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${Buffer.concat(parts).toString()}`.trim());
      response.end(`for ${String(request.headers['x-forwarded-for'])}`);
    });
  });
  return { url: await listening(server), asked };
}

/** Takes a request and dies, as a process that is killed does. */
async function dying(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request) => {
    asked.push(`${request.method} ${request.url}`);
    request.socket.destroy();
  });
  return { url: await listening(server), asked };
}

async function gone(): Promise<string> {
  const url = await listening(createServer());
  const server = open.pop()!;
  await new Promise((resolve) => server.close(resolve));
  return url;
}

const edgeBefore = (...targets: string[]) => listening(createServer(express().use(forwardTo(targets))));

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

it('passes over a replica that does not listen, with the body of the request', async () => {
  const { url, asked } = await replica();
  const edge = await edgeBefore(await gone(), url);
  const answer = await fetch(`${edge}/a?b=1`, { method: 'POST', body: 'written once' });
  expect([answer.status, await answer.text()]).toEqual([200, 'for 127.0.0.1']);
  expect(asked).toEqual(['POST /a?b=1 written once']);
});

it('asks another replica what may be asked twice when one dies over it', async () => {
  const first = await dying();
  const second = await replica();
  const edge = await edgeBefore(first.url, second.url);
  expect((await fetch(`${edge}/list`)).status).toBe(200);
  expect([first.asked, second.asked]).toEqual([['GET /list'], ['GET /list']]);
});

it('never sends twice what may have taken effect', async () => {
  const first = await dying();
  const second = await replica();
  const edge = await edgeBefore(first.url, second.url);
  expect((await fetch(`${edge}/apply`, { method: 'POST', body: '{}' })).status).toBe(502);
  expect([first.asked, second.asked]).toEqual([['POST /apply'], []]);
});

it('says 502 where none answers', async () => {
  const edge = await edgeBefore(await gone(), await gone());
  expect((await fetch(edge)).status).toBe(502);
});
