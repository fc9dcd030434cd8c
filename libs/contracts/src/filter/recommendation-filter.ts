import { isSdg } from '@followthrough/vocabulary';
import { z } from 'zod';

/** Value that asks for what is empty: no position, no theme, a State whose name is an open question. */
export const NONE = 'none';

/** What a State under review says of a recommendation; treaty bodies have none. */
export const positions = ['supported', 'noted', 'partly', 'pending', 'unclear'] as const;
export type Position = (typeof positions)[number];

export const kinds = ['recommendation', 'pledge'] as const;
export type Kind = (typeof kinds)[number];

const MOST_VALUES = 300;

function values<T extends z.ZodType>(value: T) {
  return z.array(value).min(1, 'leave the field out to ask for nothing').max(MOST_VALUES).optional();
}

const state = z
  .string()
  .trim()
  .regex(/^([A-Za-z]{3}|none)$/, 'a State is its ISO 3166-1 alpha-3 code, such as SVN, or none')
  .transform((code) => (code === NONE ? code : code.toUpperCase()));
const label = z.string().trim().min(1).max(200);
const sdg = z
  .string()
  .trim()
  .toLowerCase()
  .refine((code) => code === NONE || isSdg(code), 'a goal such as 5, a target such as 16.2, or none');
const mechanism = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9-]{1,19}$/, 'a mechanism is its abbreviation, such as UPR or CEDAW')
  .toUpperCase();
const number = (most: number) => z.coerce.number().int().min(0).max(most);

/**
 * What a list, an export, a subscription or a bulk edit is about: fields are ANDed, values within a field ORed.
 * A field that is absent asks for nothing; "none" (0 for numbers) asks for the empty value; the goal "5" includes
 * its targets; `q` asks for words that all occur in text, paragraph or symbol, whatever their case and accents.
 */
export const recommendationFilter = z.strictObject({
  stateUnderReview: values(state),
  recommendingState: values(state),
  position: values(z.enum([...positions, NONE])),
  theme: values(label),
  group: values(label),
  sdg: values(sdg),
  mechanism: values(mechanism),
  cycle: values(number(99)),
  session: values(number(999)),
  actionCategory: values(number(5)),
  kind: values(z.enum(kinds)),
  q: z.string().trim().min(1).max(200).optional(),
});

export type RecommendationFilter = z.infer<typeof recommendationFilter>;
export type FilterField = keyof RecommendationFilter;

/** Names of the filter's fields, as in a query string. */
export const filterFields = Object.keys(recommendationFilter.shape) as FilterField[];
