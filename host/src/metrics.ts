import type { RequestHandler } from 'express';
import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client';

/** The registries of all services of the process in the Prometheus text format, to this machine only. */
export function metricsPage(registries: Registry[]): RequestHandler {
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  const page = async (): Promise<string> => {
    const parts = await Promise.all([own, ...registries].map((registry) => registry.getMetricsAsJSON()));
    return AggregatorRegistry.aggregate(parts).metrics();
  };
  return (request, response, next) => {
    const forwarded = request.headers['x-forwarded-for'] !== undefined;
    if (forwarded || !/^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '')) {
      next();
      return;
    }
    page().then((text) => response.type(own.contentType).send(text), next);
  };
}
