import { request as httpRequest } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';

/**
 * Hands requests on to the replicas of a service in turn, headers, bodies and streams as they are. One that does not
 * listen is passed over, and so is one that breaks off before it answers what may be asked twice; where none answers,
 * 502.
 * @param targets addresses without a path
 */
export function forwardTo(targets: readonly string[]): RequestHandler {
  let turn = 0;
  const attempt = (request: Request, response: Response, left: number): void => {
    const target = new URL(targets[turn++ % targets.length]!);
    const outgoing = httpRequest({
      host: target.hostname,
      port: target.port || 80,
      method: request.method,
      path: request.originalUrl,
      headers: { ...request.headers, 'x-forwarded-for': forwardedFor(request) },
    });
    outgoing.once('response', (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, incoming.rawHeaders);
      response.flushHeaders();
      incoming.pipe(response);
      incoming.once('error', () => response.destroy());
    });
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      if (response.headersSent) response.destroy();
      else if ((error.code === 'ECONNREFUSED' || isRepeatable(request)) && left > 1)
        attempt(request, response, left - 1);
      else response.status(502).type('text/plain').send('The service does not answer.\n');
    });
    response.once('close', () => outgoing.destroy());
    if (isRepeatable(request)) {
      outgoing.end();
      return;
    }
    // Nothing of the body is read before somebody listens.
    outgoing.once('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => request.pipe(outgoing));
      else request.pipe(outgoing);
    });
  };
  return (request, response) => attempt(request, response, targets.length);
}

/** Safe (RFC 9110, 9.2.1) and without a body, which could be read only once. */
function isRepeatable({ method, headers }: Request): boolean {
  const bare = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
  return bare && (method === 'GET' || method === 'HEAD');
}

function forwardedFor(request: Request): string {
  const before = request.headers['x-forwarded-for'];
  const address = request.socket.remoteAddress ?? 'unknown';
  return before === undefined ? address : `${String(before)}, ${address}`;
}
