import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spanLog, waitFor } from '@followthrough/testing';
import express from 'express';
import { createLogger } from '../log';
import { recordSpansBy } from '../tracing/span';
import { requestContext, requestLog } from './request-context';

const trace = 'a'.repeat(32);
const given = `00-${trace}-${'b'.repeat(16)}-01`;

describe('a request', () => {
  const lines: Record<string, unknown>[] = [];
  let spans: ReturnType<typeof spanLog>;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const log = createLogger('debug', {
      write: (line) => void lines.push(JSON.parse(line) as object as never),
    });
    const app = express();
    app.use(requestContext(), requestLog(log));
    app.get('/things/:id', (_request, response) => {
      log.info('in the handler');
      response.send('ok');
    });
    app.get('/broken', (_request, response) => void response.sendStatus(503));
    app.get('/ready', (_request, response) => void response.send('ok'));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    lines.length = 0;
    spans = spanLog();
    recordSpansBy(spans.startSpan);
  });

  afterEach(() => recordSpansBy(null));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
  const ended = () => waitFor(() => spans.ended[0], { what: 'the span to end' });

  it('is a span called by its route, below that of its caller, without what stands in its address', async () => {
    await get('/things/secret?token=secret', { traceparent: given, 'x-correlation-id': 'mine' });
    const span = await ended();
    expect(span).toMatchObject({
      name: 'GET /things/:id',
      kind: 'server',
      parent: given,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/things/:id',
        'http.response.status_code': 200,
        'followthrough.correlation_id': 'mine',
      },
      failure: undefined,
    });
    expect(JSON.stringify(span)).not.toContain('secret');
  });

  it('bears its ids in each of its lines in the log', async () => {
    await get('/things/1', { traceparent: given, 'x-correlation-id': 'mine' });
    await waitFor(() => lines.length === 2);
    const ids = {
      correlationId: 'mine',
      trace_id: trace,
      span_id: (await ended()).traceparent.slice(36, 52),
    };
    expect(lines).toEqual([expect.objectContaining(ids), expect.objectContaining(ids)]);
  });

  it('begins a trace where its caller has none, or none that can be read', async () => {
    await get('/things/1', { traceparent: 'nonsense' });
    expect((await ended()).parent).toBeNull();
  });

  it('has failed where the answer says so; an unknown route has no name', async () => {
    await get('/broken');
    expect(await ended()).toMatchObject({ name: 'GET /broken', failure: '503' });
    await get('/nobody/knows@this');
    await waitFor(() => spans.ended.length === 2);
    expect(spans.ended[1]).toMatchObject({ name: 'GET', attributes: { 'http.response.status_code': 404 } });
    expect(JSON.stringify(spans.ended[1])).not.toContain('knows');
  });

  it('of a probe is no span', async () => {
    await get('/ready');
    await get('/things/1');
    await ended();
    expect(spans.ended.map(({ name }) => name)).toEqual(['GET /things/:id']);
  });

  it('has the ids of its caller in the log where nothing is recorded', async () => {
    recordSpansBy(null);
    await get('/things/1', { traceparent: given });
    await waitFor(() => lines.length === 2);
    expect(lines[0]).toMatchObject({ trace_id: trace, span_id: 'b'.repeat(16) });
  });
});
