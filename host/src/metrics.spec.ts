import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Counter, Registry } from 'prom-client';
import { metricsPage } from './metrics';

const TOKEN = 'only-prometheus-knows-this';
const proxied = { 'x-forwarded-for': '192.0.2.7' };

describe('the page of metrics', () => {
  const servers: Server[] = [];

  async function serve(token: string | null) {
    const registry = new Registry();
    new Counter({ name: 'followthrough_test_total', help: 'x', registers: [registry] }).inc();
    const app = express();
    app.get('/metrics', metricsPage([registry], token));
    const server = createServer(app);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/metrics`, { headers });
  }

  afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

  it.each([
    ['this machine', null, {}, 200],
    ['this machine, where a token is set', TOKEN, {}, 200],
    ['others, through a proxy', null, proxied, 404],
    ['others with any token, where none is set', null, { ...proxied, authorization: 'Bearer null' }, 404],
    ['others without the token', TOKEN, proxied, 404],
    ['others with a wrong token', TOKEN, { ...proxied, authorization: `Bearer ${TOKEN}x` }, 404],
    ['others with the token', TOKEN, { ...proxied, authorization: `Bearer ${TOKEN}` }, 200],
  ])('to %s', async (_, token, headers, status) => {
    const get = await serve(token);
    const answer = await get(headers);
    expect(answer.status).toBe(status);
    const text = await answer.text();
    expect(text.includes('followthrough_test_total 1')).toBe(status === 200);
  });
});
