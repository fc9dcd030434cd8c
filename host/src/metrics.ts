import { collectDefaultMetrics, Registry } from 'prom-client';
import type { RequestHandler } from 'express';

/** All registries of the process in the Prometheus text format, to this machine only. */
export function metricsPage(registries: Registry[]): RequestHandler {
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  const merged = Registry.merge([own, ...registries]);
  return (request, response, next) => {
    const forwarded = request.headers['x-forwarded-for'] !== undefined;
    if (forwarded || !/^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '')) {
      next();
      return;
    }
    merged.metrics().then((text) => response.type(merged.contentType).send(text), next);
  };
}
