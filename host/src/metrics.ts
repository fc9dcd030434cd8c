import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client';

/** How often the event loop's lag is sampled: each sample wakes the process, and 10 ms was a third of what idling cost. */
const LAG_EVERY_MS = 100;

/**
 * The registries of all services of the process in the Prometheus text format: to this machine, and to whoever bears
 * the token. To others there is no such page.
 */
export function metricsPage(registries: Registry[], token: string | null): RequestHandler {
  const own = new Registry();
  collectDefaultMetrics({ register: own, eventLoopMonitoringPrecision: LAG_EVERY_MS });
  const page = async (): Promise<string> => {
    const parts = await Promise.all([own, ...registries].map((registry) => registry.getMetricsAsJSON()));
    return AggregatorRegistry.aggregate(parts).metrics();
  };
  return (request, response, next) => {
    if (!isFromHere(request) && !bears(request, token)) {
      next();
      return;
    }
    page().then((text) => response.type(own.contentType).send(text), next);
  };
}

/** A proxy on this machine speaks for somebody else. */
function isFromHere({ headers, socket }: Request): boolean {
  return (
    headers['x-forwarded-for'] === undefined && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '')
  );
}

function bears({ headers }: Request, token: string | null): boolean {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
