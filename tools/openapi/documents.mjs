// The OpenAPI document of each service as it would run, without a database: Nest only looks at the modules.
import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as prettier from 'prettier';
import { root } from '../build.mjs';
import { handlerTypes } from './handler-types.mjs';

const require = createRequire(import.meta.url);
const kit = require('@followthrough/service-kit');
const { Jobs } = require('@followthrough/jobs');
const { Mailer } = require('@followthrough/mail');
const { EventsAtWork, OperationsModule } = require('@followthrough/messaging');

export const folder = 'docs/openapi';
/** What the last release promised; `generate.mjs --released` moves it. */
export const releasedFile = 'docs/openapi/released.json';

/** @returns {Promise<Map<string, object>>} documents by the name of the service */
export async function documents() {
  const handlers = handlerTypes(root);
  const found = new Map();
  for (const name of readdirSync(join(root, 'services')).sort()) {
    const document = await documentOf(name);
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item)) {
        const { operationId } = operation;
        describe(
          operation,
          [`services/${name}`, 'libs/service-kit', 'libs/messaging']
            .map((folder) => handlers.get(`${folder}/${operationId}`))
            .find(Boolean),
        );
      }
    }
    found.set(name, JSON.parse(JSON.stringify(document)));
  }
  return found;
}

/** @returns {Promise<string>} as it is committed */
export async function textOf(document) {
  const options = await prettier.resolveConfig(join(root, folder, 'x.json'));
  return prettier.format(JSON.stringify(document), { ...options, parser: 'json' });
}

async function documentOf(name) {
  const definition = require(`@followthrough/${name}`)[`${name}Service`];
  const runtime = {
    name,
    config: {},
    database: {},
    log: kit.createLogger('silent'),
    metrics: {},
    clock: {},
    tokens: {},
    readiness: async () => [],
    providers: [Jobs, Mailer].map((provide) => ({ provide, useValue: {} })),
  };
  class Described {}
  const operations = OperationsModule.of(new EventsAtWork());
  Module({ imports: [kit.KitModule.of(runtime), operations, definition.module(runtime)] })(Described);
  const nest = await NestFactory.create(Described, { preview: true, logger: false, abortOnError: false });
  nest.setGlobalPrefix(kit.apiPrefix(name));
  return kit.openApiOf(nest, name);
}

function describe(operation, handler) {
  if (!handler) throw new Error(`${operation.operationId} is a route of no controller that was found`);
  if (handler.description) operation.description = handler.description;
  if (!handler.body) return;
  const [response] =
    Object.entries(operation.responses)
      .find(([status]) => status.startsWith('2'))
      ?.slice(1) ?? [];
  if (!response) return;
  const [mediaType] = Object.keys(response.content ?? { 'application/json': {} });
  response.content = { [mediaType]: { schema: handler.body } };
}
