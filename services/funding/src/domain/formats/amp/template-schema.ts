import { z } from 'zod';

const text = z.string().min(1).max(200);

/**
 * What a template may hold; unknown keys are refused, for a misspelt one would be passed over in silence.
 * @public it is required only when it is needed
 */
export const ampTemplateSchema = z.strictObject({
  template: z.literal('followthrough-amp/1'),
  id: z.string().min(1).max(100),
  name: text,
  mapping: z.strictObject({
    activity: text,
    type: text.optional(),
    types: z.record(z.string().max(200), z.string().max(20)).optional(),
    currency: text.optional(),
    defaultCurrency: z.string().max(10).optional(),
    amounts: z
      .array(z.strictObject({ column: text, type: z.string().max(20).optional() }))
      .min(1)
      .max(50),
  }),
});
