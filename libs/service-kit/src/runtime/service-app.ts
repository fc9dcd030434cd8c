import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import { requestContext, requestLog } from '../http/request-context';
import { nestLogger } from '../log';
import type { ServiceDefinition, ServiceRuntime } from './definition';
import { KitModule } from './kit.module';
import { apiPrefix, openApiOf } from './openapi';
import { assertRoutesGuarded } from './routes';

export interface ServiceApp {
  nest: INestApplication;
  /** Answers `/api/<service>/v1/...`. */
  http: Express;
}

/** Starts a service's Nest application without listening; the host puts it behind the one address. */
export async function createServiceApp(
  definition: ServiceDefinition<unknown, unknown, unknown>,
  runtime: ServiceRuntime,
): Promise<ServiceApp> {
  const http = express();
  http.disable('x-powered-by');
  http.set('query parser', 'simple');
  http.set('trust proxy', runtime.config.trustedProxies);
  http.use(requestContext(), requestLog(runtime.log));

  @Module({ imports: [KitModule.of(runtime), ...(runtime.modules ?? []), definition.module(runtime)] })
  class ServiceModule {}

  const nest = await NestFactory.create<NestExpressApplication>(ServiceModule, new ExpressAdapter(http), {
    logger: nestLogger(runtime.log),
    abortOnError: false,
  });
  const prefix = apiPrefix(definition.name);
  nest.setGlobalPrefix(prefix);
  nest.useBodyParser('json', { limit: '1mb' });
  const document = openApiOf(nest, definition.name);
  http.get(`/${prefix}/openapi.json`, (_request, response) => {
    response.json(document);
  });
  await nest.init();
  assertRoutesGuarded(nest);
  return { nest, http };
}
