import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { ServiceName } from './definition';

/** Where a service's API begins, without a slash at either end. */
export const apiPrefix = (service: ServiceName): string => `api/${service}/v1`;

/** The API of a service as OpenAPI 3.1. Its global prefix must have been set. */
export function openApiOf(nest: INestApplication, service: ServiceName): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Followthrough ${service}`)
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(nest, description);
}
