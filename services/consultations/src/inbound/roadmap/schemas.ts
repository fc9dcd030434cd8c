import { FilterError, parseFilter, type RecommendationFilter } from '@followthrough/contracts';
import { findStateByCode } from '@followthrough/vocabulary';
import { z } from 'zod';
import { decimalOf } from '../../domain/decimal';
import { actionSteps } from '../../domain/roadmap/action-state';
import { indicatorKinds } from '../../domain/roadmap/plan';
import { gapRules, roadmapSteps } from '../../domain/roadmap/roadmap-state';

export const stateCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => findStateByCode(code) !== undefined, 'not the ISO 3166-1 alpha-3 code of a State');
export const seenVersion = z.int().min(1);
export const uuid = z.uuid();
export const title = z.string().trim().min(1).max(500);
const institution = z.string().trim().max(300);
const day = z.iso.date();
const year = z.int().min(1990).max(2100);
const planYear = year.or(z.literal(0));
const ids = z.array(uuid).max(5_000);

const decimal = z
  .string()
  .trim()
  .transform((text, context) => {
    const value = decimalOf(text);
    if (value !== null) return value;
    context.addIssue({
      code: 'custom',
      message: 'a number such as "1200.50", as text, with a point and without blanks; null where unknown',
    });
    return z.NEVER;
  });

/** A filter of recommendations, as everywhere in the platform. */
export const filter = z.record(z.string(), z.unknown()).transform((given, context): RecommendationFilter => {
  try {
    return Object.keys(given).length === 0 ? {} : parseFilter(given);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

const cluster = z.strictObject({
  clusterId: uuid.optional(),
  name: z.string().trim().min(1).max(300),
  recommendationIds: ids,
});
const exclusion = z.strictObject({ recommendationId: uuid, reason: z.string().trim().min(1).max(5_000) });

const fields = {
  title,
  fromYear: planYear,
  toYear: planYear,
  gapRule: z.enum(gapRules),
  scope: filter,
  clusters: z.array(cluster).max(500),
  exclusions: z.array(exclusion).max(5_000),
};

export const newRoadmap = z.strictObject({
  ...z.object(fields).partial().shape,
  title,
  stateUnderReview: stateCode,
  consultationId: uuid.optional(),
});
export const roadmapChange = z.strictObject({ version: seenVersion, ...z.object(fields).partial().shape });

const measure = z.strictObject({ value: decimal.nullable(), on: day.nullable() });

const writtenIndicator = z.strictObject({
  indicatorId: uuid.optional(),
  title,
  kind: z.enum(indicatorKinds),
  unit: z.string().trim().max(100),
  baseline: measure,
  target: measure,
  source: z.string().trim().max(1_000),
});

const cost = z.strictObject({
  year,
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency as ISO 4217, such as EUR'),
  amount: decimal.refine((amount) => !amount.startsWith('-'), 'a cost is not below zero').nullable(),
  source: z.string().trim().max(1_000),
});

export const writtenAction = z
  .strictObject({
    number: z.string().trim().max(50),
    title,
    description: z.string().trim().max(20_000),
    leadInstitution: institution,
    supportingInstitutions: z.array(institution.min(1)).max(100),
    startOn: day.nullable(),
    dueOn: day.nullable(),
    recommendationIds: ids,
    clusterIds: ids,
    openReferences: z.array(z.string().trim().min(1).max(500)).max(500).default([]),
    indicators: z.array(writtenIndicator).max(100),
    costs: z.array(cost).max(200),
  })
  .refine(({ startOn, dueOn }) => startOn === null || dueOn === null || startOn <= dueOn, {
    path: ['dueOn'],
    message: 'an action is not due before it starts',
  });

export const actionChange = z.strictObject({ version: seenVersion, action: writtenAction });
export const removal = z.strictObject({
  version: seenVersion,
  reason: z.string().trim().max(5_000).default(''),
});

const reason = z.string().trim().max(5_000).default('');
export const roadmapStep = z.strictObject({ version: seenVersion, step: z.enum(roadmapSteps), reason });
export const actionStep = z.strictObject({ version: seenVersion, step: z.enum(actionSteps), reason });

export const newValue = z.strictObject({
  observedOn: day,
  value: decimal.nullable(),
  source: z.string().trim().min(1).max(1_000),
  corrects: z.int().min(1).nullable().default(null),
  reason,
});

const number = z.coerce.number().int().min(1).max(100_000);
export const edition = z.union([z.enum(['draft', 'in-force']), number]).default('in-force');
export const editionQuery = z.object({ edition });
export const differencesQuery = z.object({ from: edition, to: edition });
export const listQuery = z.object({ stateUnderReview: stateCode.optional() });
