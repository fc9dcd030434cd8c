import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  query: Record<string, string[]>;
  authorization: string;
  body: Buffer;
}

export interface Answered {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface FakeInstance {
  url: string;
  asked: Asked[];
  stop(): Promise<void>;
}

/** An instance that answers as it is told, for what the real one does slowly or seldom. */
export async function fakeInstance(answer: (asked: Asked) => Answered | undefined): Promise<FakeInstance> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      const { status = 200, body, headers = {} } = answer(one) ?? problem(404, 'There is no such thing.');
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      response.writeHead(status, { 'content-type': raw ? 'text/plain' : 'application/json', ...headers });
      response.end(raw ? body : body === undefined ? '' : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function problem(status: number, detail: string): Answered {
  return { status, body: { detail }, headers: { 'content-type': 'application/problem+json' } };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url!, 'http://instance');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const query: Record<string, string[]> = {};
  for (const [key, value] of url.searchParams) (query[key] ??= []).push(value);
  const authorization = request.headers.authorization ?? '';
  return { method: request.method!, path: url.pathname, query, authorization, body: Buffer.concat(chunks) };
}
