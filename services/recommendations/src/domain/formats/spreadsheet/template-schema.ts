import { z } from 'zod';
import { mappedFields } from './mapped-fields';

const field = z.enum(mappedFields);
const text = z.string().max(500);

/** What a mapping may hold; unknown keys are refused, for a misspelt one would be passed over in silence. */
export const mappingSchema = z.strictObject({
  sheet: text.optional(),
  headingRow: z.int().min(1).optional(),
  columns: z.partialRecord(field, z.union([text, z.array(text).max(20)])),
  values: z.partialRecord(field, z.record(z.string().max(5_000), text)).optional(),
  constants: z.partialRecord(field, text).optional(),
  separators: z.partialRecord(field, z.string().min(1).max(10)).optional(),
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
});

export const mappingTemplateSchema = z.strictObject({
  template: z.literal('followthrough-mapping/1'),
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  mapping: mappingSchema,
});
