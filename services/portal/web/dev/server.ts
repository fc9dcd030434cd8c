import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { problem, situationFrom, type Answer, type Ask } from './answers';
import { consultationsAnswer } from './consultations-answers';
import { notificationsAnswer } from './notifications-answers';
import { operationsAnswer } from './operations-answers';
import { portalAnswer } from './portal-answers';
import { roundsAnswer } from './rounds-answers';
import { recommendationsAnswer } from './recommendations-answers';

const services: Record<string, (ask: Ask) => Answer> = {
  portal: portalAnswer,
  recommendations: recommendationsAnswer,
  notifications: notificationsAnswer,
  // One service, of which each file knows its own part.
  consultations: (ask) =>
    /^(rounds|round-tasks|asked)\b/.test(ask.path) ? roundsAnswer(ask) : consultationsAnswer(ask),
};

/** What the pages must live under; the portal sends the same. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Answers `/api/...` from invented data. False if the address is not one of the API. */
export async function answerApi(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://fixture');
  const match = /^\/api\/([a-z]+)\/v1\/(.*)$/.exec(url.pathname);
  if (!match) return false;
  const [, service = '', path = ''] = match;
  const body = await readJson(request);
  const ask: Ask = {
    method: request.method ?? 'GET',
    path: decodeURIComponent(path),
    query: url.searchParams,
    body,
    situation: situationFrom(request.headers),
  };
  const answer = answerOf(service, ask);
  const text = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
  response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' });
  response.end(answer.status === 204 ? undefined : text);
  return true;
}

/** Some addresses are every service's. */
function answerOf(service: string, ask: Ask): Answer {
  if (ask.path === 'ready') {
    const ready = ask.situation.mode !== 'failing' && service !== 'funding';
    return { status: ready ? 200 : 503, json: { ready, reasons: [] } };
  }
  if (ask.path.startsWith('operations/')) return operationsAnswer(service, ask);
  return services[service]?.(ask) ?? problem(404, 'not-found', 'There is no such service.');
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const isJson = request.headers['content-type']?.includes('json');
  return isJson && chunks.length
    ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>)
    : {};
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function sendFile(site: string, request: IncomingMessage, response: ServerResponse): void {
  const path = normalize(new URL(request.url ?? '/', 'http://fixture').pathname);
  const file = join(site, path);
  const found = file.startsWith(site) && existsSync(file) && statSync(file).isFile();
  const sent = found ? file : join(site, 'index.html');
  const packed = request.headers['accept-encoding']?.includes('br') && existsSync(`${sent}.br`);
  response.writeHead(200, {
    'content-type': types[extname(sent)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(packed ? { 'content-encoding': 'br' } : {}),
  });
  createReadStream(packed ? `${sent}.br` : sent).pipe(response);
}

/** The built site with invented answers behind it, on a free port. */
export async function startFixtureServer(site: string): Promise<{ address: string; server: Server }> {
  const server = createServer((request, response) => {
    void answerApi(request, response).then((answered) => answered || sendFile(site, request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
