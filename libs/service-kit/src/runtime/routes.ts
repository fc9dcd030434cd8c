import { RequestMethod, type INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../access/decorators';

export interface Route {
  method: string;
  /** Without the service's prefix: `/imports/:id`. */
  path: string;
  access: AccessRule | null;
  handler: string;
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value ?? '']) as string[];

/** Every route of a running service with the rule that guards it. */
export function routesOf(app: INestApplication): Route[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const routes: Route[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!instance || !metatype) continue;
    const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: unknown[]) => unknown>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name]!;
      const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
      if (method === undefined) continue;
      const access =
        reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, metatype]) ?? null;
      for (const base of list(Reflect.getMetadata('path', metatype))) {
        for (const path of list(Reflect.getMetadata('path', handler))) {
          routes.push({
            method: RequestMethod[method],
            path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
            access,
            handler: `${metatype.name}.${name}`,
          });
        }
      }
    }
  }
  return routes;
}

/** @throws Error naming the first route that nobody decided about */
export function assertRoutesGuarded(app: INestApplication): void {
  const open = routesOf(app).find((route) => route.access === null);
  if (open) {
    throw new Error(
      `${open.method} ${open.path} (${open.handler}) has no access rule: add @Public(), @SignedIn() or @Requires(permission).`,
    );
  }
}
