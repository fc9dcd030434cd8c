import type { MappedField } from '../types';

/** Every field that a column can fill. */
export const mappedFields = [
  'stateUnderReview',
  'mechanism',
  'cycle',
  'session',
  'symbol',
  'paragraph',
  'text',
  'language',
  'recommendingStates',
  'position',
  'kind',
  'actionCategory',
  'themes',
  'groups',
  'sdgs',
  'date',
  'externalId',
  'leadInstitution',
  'supportingInstitutions',
  'deadline',
  'status',
  'note',
] as const satisfies readonly MappedField[];
