import { z } from 'zod';
import { verdicts } from '../domain/assessments/assessment';
import { isWebAddress } from '../domain/developments/development-table';
import { developmentKinds, developmentStates } from '../domain/developments/development';
import { page, uuid } from './schemas';

const version = z.int().min(1).describe('The version that you saw; another one now is answered with 409.');
const isoDate = z.iso.date();
const webAddress = z
  .string()
  .trim()
  .max(2000)
  .refine(isWebAddress, 'an address that begins with https:// or http://, without a password in it');
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag such as en');
const reason = z.string().trim().max(2000);

const developmentText = z.strictObject({
  recommendationIds: z
    .array(uuid)
    .min(1)
    .max(500)
    .transform((ids) => [...new Set(ids)].sort()),
  actionId: uuid.or(z.literal('')),
  kind: z.enum(developmentKinds),
  happenedOn: isoDate,
  title: z.string().trim().min(1).max(300),
  text: z.string().trim().max(10_000),
  language,
  link: webAddress,
});

export const developmentBody = developmentText.extend({
  actionId: developmentText.shape.actionId.default(''),
  text: developmentText.shape.text.default(''),
  language: language.default('und'),
  submit: z.boolean().default(false),
});
export const developmentEdit = z.strictObject({ version, set: developmentText.partial() });
export const versionBody = z.strictObject({ version });
export const publishBody = z.strictObject({ version, announce: z.boolean().default(true) });
export const reasonBody = z.strictObject({ version, reason: reason.default('') });

export const developmentsQuery = z.object({
  page,
  recommendationId: uuid.optional(),
  stateUnderReview: z.string().length(3).optional(),
  state: z.enum(developmentStates).optional(),
});

const findings = z.strictObject({
  verdict: z.enum(verdicts),
  summary: z.string().trim().max(10_000),
  language,
  method: z.string().trim().max(5000),
  evidence: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1).max(300),
        url: webAddress.or(z.literal('')).default(''),
      }),
    )
    .max(50),
  assessedOn: isoDate.nullable(),
});

export const assessmentBody = findings
  .extend({
    summary: findings.shape.summary.default(''),
    language: language.default('und'),
    method: findings.shape.method.default(''),
    evidence: findings.shape.evidence.default([]),
    assessedOn: findings.shape.assessedOn.default(null),
  })
  .extend({ recommendationId: uuid });
export const assessmentEdit = z.strictObject({ version, set: findings.partial() });
export const answerBody = z.strictObject({
  text: z.string().trim().min(1).max(10_000),
  language: language.default('und'),
  seen: z.int().min(0).describe('How many answers you saw; another one since is answered with 409.'),
});

export const assessmentsQuery = z.object({
  page,
  recommendationId: uuid.optional(),
  stateUnderReview: z.string().length(3).optional(),
});
