import { recommendationFilter } from '@followthrough/contracts';
import { mailAddress, mailLocales } from '@followthrough/mail';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { isDate } from '../domain/rounds/dates';
import { answerStatuses, MOST_LETTERS } from '../domain/rounds/answer';
import { isEvidenceUrl, MOST_LINKS } from '../domain/rounds/answer-sheet';
import { usualRule } from '../domain/rounds/reminders';
import { standings } from '../domain/rounds/standing';

/** A plain address `local@domain`, in the form in which it is kept. */
export const address = z
  .string()
  .trim()
  .transform((written, context) => {
    const plain = mailAddress(written);
    if (plain !== null) return plain;
    context.addIssue({ code: 'custom', message: 'an e-mail address such as name@example.org' });
    return z.NEVER;
  });

export const state = z.string().regex(/^[A-Z]{3}$/, 'a State is its ISO 3166-1 alpha-3 code, such as SVN');
export const uuid = z.uuid();
const version = z.int().min(1);
const date = z.string().refine(isDate, 'a date such as 2026-05-31');
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u, 'one line without control signs');

const institution = {
  name: line(200),
  locale: z.enum(mailLocales as ['en', 'fr', 'ar']).default('en'),
  contact: address.nullable().default(null),
  supervisor: address.nullable().default(null),
  validatorId: z.string().max(100).nullable().default(null),
};
export const newInstitution = z.strictObject({ stateUnderReview: state, ...institution });
export const changedInstitution = z.strictObject({ version, ...institution });

export const assignment = z.strictObject({
  stateUnderReview: state,
  filter: recommendationFilter,
  institutionId: uuid.nullable(),
  expected: z.int().min(0).describe('How many recommendations the filter found when you looked.'),
});

export const holidays = z.strictObject({
  year: z.int().min(2000).max(2200),
  days: z.array(z.strictObject({ date, name: z.string().trim().max(100).default('') })).max(366),
});

const round = {
  title: line(200),
  filter: recommendationFilter.default({}),
  dueOn: date,
  timeZone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'a time zone such as Africa/Nairobi')
    .default('UTC'),
  rule: z
    .strictObject({
      offsets: z.array(z.int().min(-180).max(180)).max(12),
      escalationAfter: z.int().min(0).max(180).nullable(),
    })
    .default(usualRule),
};
export const newRound = z.strictObject({ stateUnderReview: state, ...round });
export const changedRound = z.strictObject({ version, ...round });
export const opening = z.strictObject({
  version,
  leaveOut: z.boolean().default(false).describe('Leave out recommendations without a lead institution.'),
});
export const seenVersion = z.strictObject({ version });
export const movedDeadline = z.strictObject({ version, dueOn: date });
export const returning = z.strictObject({ version, reason: z.string().trim().min(1).max(2000) });
export const boardQuery = z.object({
  standing: z.preprocess(
    (value) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.enum(standings)),
  ),
});
export const stateQuery = z.object({ state });

const seen = z.int().min(0).describe('Version of the answer that you saw, 0 where there was none.');
export const answerBody = z.strictObject({
  seen,
  status: z.enum(answerStatuses),
  text: z.string().max(MOST_LETTERS).default(''),
  links: z
    .array(
      z.strictObject({
        url: z.string().trim().refine(isEvidenceUrl, 'an address that begins with https:// or http://'),
        label: z.string().trim().max(200).default(''),
      }),
    )
    .max(MOST_LINKS)
    .default([]),
});
export const noChangeBody = z.strictObject({ seen });
export const passingOn = z.strictObject({
  address,
  recommendationIds: z.array(uuid).min(1).max(2000).nullable().default(null),
});
export const codeRequest = z.strictObject({ link: z.string().max(200) });
export const codeEntry = z.strictObject({ link: z.string().max(200), code: z.string().max(20) });
export const fileName = z.object({ name: z.string().trim().min(1).max(255) });
export const sheetQuery = z.object({ lang: z.enum(['en', 'fr', 'ar']).default('en') });
