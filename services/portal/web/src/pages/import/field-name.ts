import type { MessageId } from '../../intl/catalogue';

const known: Record<string, MessageId> = {
  text: 'field.text',
  paragraph: 'field.paragraph',
  recommendingStates: 'field.recommendingState',
  position: 'field.position',
  stateUnderReview: 'field.stateUnderReview',
  mechanism: 'field.mechanism',
  cycle: 'field.cycle',
  session: 'field.session',
  symbol: 'field.symbol',
  themes: 'field.theme',
  groups: 'field.group',
  sdgs: 'field.sdg',
  date: 'field.reviewDate',
  reviewDate: 'field.reviewDate',
  language: 'field.language',
  kind: 'field.kind',
  actionCategory: 'field.actionCategory',
  externalId: 'work.field.externalId',
  leadInstitution: 'internal.leadInstitution',
  supportingInstitutions: 'internal.supportingInstitutions',
  deadline: 'internal.deadline',
  status: 'internal.status',
  note: 'internal.note',
};

/** What a field of a row is called. */
export function fieldName(t: (id: MessageId) => string, field: string): string {
  const id = known[field];
  return id ? t(id) : field;
}
