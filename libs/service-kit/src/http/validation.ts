import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { Problem } from '../problem';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
}

const where = (issue: Issue) =>
  (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');

const pipe = (part: string) =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues: readonly Issue[]) => {
      const errors = issues.slice(0, 20).map((issue) => ({ at: where(issue), reason: issue.message }));
      const first = errors[0];
      return new Problem(
        'invalid',
        'request-not-understood',
        `The ${part} cannot be used: ${first?.at ? `${first.at}: ` : ''}${first?.reason ?? 'unknown reason'}.`,
        { errors },
      );
    },
  });

const bodyPipe = pipe('request body');
const queryPipe = pipe('query');

/** `@Body(zodBody(schema))`: checked, documented in OpenAPI, refused as a problem document. */
export const zodBody = (schema: z.ZodType) => ({ schema, pipes: [bodyPipe] });

/** `@Query(zodQuery(schema))` */
export const zodQuery = (schema: z.ZodType) => ({ schema, pipes: [queryPipe] });
