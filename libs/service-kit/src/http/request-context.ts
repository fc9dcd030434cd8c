import type { RequestHandler } from 'express';
import pinoHttp from 'pino-http';
import { newContext, runInContext } from '../context';
import type { Logger } from '../log';

/** Gives each request its correlation id (taken over from the caller where it has the right form). */
export function requestContext(): RequestHandler {
  return (request, response, next) => {
    const context = newContext({
      correlationId: request.headers['x-correlation-id'] as string | undefined,
      traceparent: request.headers.traceparent as string | undefined,
    });
    request.headers['x-correlation-id'] = context.correlationId;
    response.setHeader('x-correlation-id', context.correlationId);
    runInContext(context, next);
  };
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
