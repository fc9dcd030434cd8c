import type { Request, RequestHandler, Response } from 'express';
import pinoHttp from 'pino-http';
import { newContext, runInContext } from '../context';
import type { Logger } from '../log';
import { openSpan, type Span } from '../tracing/span';

/** Asked by machines every few seconds. */
const PROBE = /\/(health|ready)$/;

/**
 * Gives each request its correlation id and trace (taken over from the caller where they have the right form), and
 * records it as a span where spans are recorded.
 */
export function requestContext(): RequestHandler {
  return (request, response, next) => {
    const context = newContext({
      correlationId: request.headers['x-correlation-id'] as string | undefined,
      traceparent: request.headers.traceparent as string | undefined,
    });
    request.headers['x-correlation-id'] = context.correlationId;
    response.setHeader('x-correlation-id', context.correlationId);
    const span = PROBE.test(request.path) ? null : openSpan(request.method, described(request, context));
    if (!span) return runInContext(context, next);
    response.once('close', () => end(span, request, response));
    runInContext({ ...context, traceparent: span.traceparent }, next);
  };
}

function described(
  { method }: Request,
  { correlationId, traceparent }: { correlationId: string; traceparent: string | null },
) {
  return {
    kind: 'server' as const,
    parent: traceparent,
    attributes: { 'http.request.method': method, 'followthrough.correlation_id': correlationId },
  };
}

/** Which route it was is known at the end; its path and query, which may hold tokens, are not told. */
function end(span: Span, request: Request, response: Response): void {
  const route = (request.route as { path?: unknown } | undefined)?.path;
  if (typeof route === 'string') {
    span.rename(`${request.method} ${route}`);
    span.set({ 'http.route': route });
  }
  span.set({ 'http.response.status_code': response.statusCode });
  span.end(response.statusCode >= 500 ? String(response.statusCode) : undefined);
}

/** One line a request. Neither addresses of people nor query strings, which may hold tokens, are logged. */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?')[0]!.replace(/\/(unsubscribe|setup|invitation)\/[^/]+/, '/$1/…'),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
  }) as RequestHandler;
}
