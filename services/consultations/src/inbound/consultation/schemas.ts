import { organisationClasses } from '@followthrough/service-kit';
import { z } from 'zod';
import { consultationSteps } from '../../domain/consultation/consultation-state';
import { outcomes } from '../../usecases/consultation/dispose';
import { minutesStates } from '../../usecases/consultation/hold-meeting';
import { filter, seenVersion, stateCode, title, uuid } from '../roadmap/schemas';

const local = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a local time such as 2026-03-01T23:59');
const organisation = z.string().trim().min(1).max(300);
const organisationClass = z.enum(organisationClasses);
const longText = z.string().trim().min(1).max(30_000);

const fields = {
  title,
  purpose: z.string().trim().min(1).max(5_000),
  facilitator: organisation,
  filter,
  opensAt: local,
  closesAt: local,
  timeZone: z.string().min(1).max(100),
  submissionsVisibleTo: z.enum(['facilitator', 'participants', 'public']),
};
export const newConsultation = z.strictObject({ stateUnderReview: stateCode, ...fields });
export const consultationChange = z.strictObject({ version: seenVersion, ...fields });
export const consultationStep = z.strictObject({
  version: seenVersion,
  step: z.enum(consultationSteps),
  reason: z.string().trim().max(5_000).default(''),
});
export const invitation = z.strictObject({
  class: organisationClass,
  organisation,
  organisationId: uuid.nullable().default(null),
});

const sections = z
  .array(
    z.strictObject({
      targetType: z.enum(['recommendation', 'action', 'consultation']),
      targetId: uuid,
      body: longText,
    }),
  )
  .max(500);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag such as en');
const submission = { language, sections };
export const newSubmission = z.strictObject(submission);
export const submissionChange = z.strictObject({ version: seenVersion, ...submission });
export const submissionStep = z.strictObject({ version: seenVersion, step: z.enum(['submit', 'withdraw']) });
export const paper = z.strictObject({
  ...submission,
  class: organisationClass,
  organisation,
  receivedOn: z.iso.date(),
  provenance: z.string().trim().min(1).max(1_000),
});
export const disposition = z.strictObject({
  version: z.int().min(0),
  outcome: z.enum(outcomes),
  reason: z.string().trim().min(1).max(5_000),
  actionIds: z.array(uuid).max(100).default([]),
});

const meeting = {
  heldOn: z.iso.date(),
  place: z.string().trim().max(300),
  attendance: z
    .array(z.strictObject({ class: organisationClass, organisation, persons: z.int().min(1).max(10_000) }))
    .max(500),
  minutes: z.string().trim().max(100_000),
  minutesState: z.enum(minutesStates),
};
export const newMeeting = z.strictObject(meeting);
export const meetingChange = z.strictObject({ version: seenVersion, ...meeting });
