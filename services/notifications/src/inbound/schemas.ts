import { recommendationFilter } from '@followthrough/contracts';
import { mailAddress, mailLocales } from '@followthrough/mail';
import { z } from 'zod';
import { isTimeZone } from '../domain/digest-time';
import { cadences, channels } from '../domain/notice';

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

export const locale = z.enum(mailLocales as ['en', 'fr', 'ar']);
export const timeZone = z.string().refine(isTimeZone, 'a time zone such as Africa/Nairobi');
export const cadence = z.enum(cadences);
export const channelList = z
  .array(z.enum(channels))
  .min(1, 'at least one of inbox and email')
  .transform((chosen) => channels.filter((channel) => chosen.includes(channel)));
export const filter = recommendationFilter;
export const token = z.string().max(200);
export const page = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) });
