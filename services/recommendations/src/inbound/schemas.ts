import { parseFilter, positions, type RecommendationFilter } from '@followthrough/contracts';
import { findStateByCode, isSdg } from '@followthrough/vocabulary';
import { z } from 'zod';
import { mappingSchema } from '../domain/formats';

export const page = z.coerce.number().int().min(1).max(100_000).default(1);
export const uuid = z.uuid();

const stateCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => findStateByCode(code) !== undefined, 'not the ISO 3166-1 alpha-3 code of a State');
const label = z.string().trim().min(1).max(300);
const labels = z.array(label).max(100);
const isoDate = z.iso.date();

/** What a person may decide of a recommendation; null takes the decision back. */
export const decidedFields = z
  .strictObject({
    text: z.string().trim().min(1).max(30_000).nullable(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag such as en')
      .nullable(),
    recommendingStates: z.array(stateCode).max(200).nullable(),
    position: z.enum([...positions, '']).nullable(),
    actionCategory: z.int().min(0).max(5).nullable(),
    themes: labels.nullable(),
    groups: labels.nullable(),
    sdgs: z
      .array(z.string().trim().toLowerCase().refine(isSdg, 'a goal such as 5 or a target such as 16.2'))
      .max(200)
      .nullable(),
    cycle: z.int().min(0).max(99).nullable(),
    session: z.int().min(0).max(999).nullable(),
    reviewDate: isoDate.or(z.literal('')).nullable(),
    leadInstitution: z.string().trim().max(300).nullable(),
    supportingInstitutions: labels.nullable(),
    deadline: isoDate.or(z.literal('')).nullable(),
    status: z.string().trim().max(100).nullable(),
    note: z.string().trim().max(10_000).nullable(),
  })
  .partial()
  .refine((set) => Object.keys(set).length > 0, 'names no field to set');

export const editBody = z.strictObject({ set: decidedFields, announce: z.boolean().default(true) });

/** The filter of lists and exports, and internal fields beside it. */
export const filterBody = z
  .looseObject({ leadInstitution: labels.min(1).optional(), status: labels.min(1).optional() })
  .transform(
    (
      { leadInstitution, status, ...open },
      context,
    ): RecommendationFilter & { leadInstitution?: string[]; status?: string[] } => {
      try {
        return {
          ...parseFilter(open),
          ...(leadInstitution && { leadInstitution }),
          ...(status && { status }),
        };
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    },
  );

export const bulkEditBody = z.strictObject({
  filter: filterBody,
  set: decidedFields,
  expected: z.int().min(0),
  announce: z.boolean().default(false),
});

const documentFacts = z
  .strictObject({
    stateUnderReview: stateCode.nullable(),
    mechanism: z.string().trim().max(20).nullable(),
    cycle: z.int().min(0).max(99).nullable(),
    session: z.int().min(0).max(999).nullable(),
    symbol: z.string().trim().max(100).nullable(),
    date: isoDate.nullable(),
  })
  .partial();

export const importBody = z.strictObject({
  uploadId: uuid,
  template: z.string().max(100).optional(),
  mapping: mappingSchema.optional(),
  document: documentFacts.optional(),
});

export const mappingBody = z.strictObject({ mapping: mappingSchema });
export const applyBody = z.strictObject({ announce: z.boolean() });
export const templateBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  mapping: mappingSchema,
});
export const answerBody = z.strictObject({ stateCode: stateCode.nullable() });
