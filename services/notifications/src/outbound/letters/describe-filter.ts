import { filterFields, NONE, type RecommendationFilter } from '@followthrough/contracts';
import type { MailLocale } from '@followthrough/mail';
import { stateName } from '@followthrough/vocabulary';
import { textsIn } from './texts/texts';

const SHOWN = 4;

/** A filter in words: "State under review: Slovenia; position: Supported, Noted". */
export function describeFilter(filter: RecommendationFilter, locale: MailLocale): string {
  const texts = textsIn[locale];
  const parts = filterFields.flatMap((field) => {
    const value = filter[field];
    if (value === undefined) return [];
    const values = (Array.isArray(value) ? value : [value]).map((one) =>
      describeValue(field, String(one), locale),
    );
    const more = values.length > SHOWN ? ', …' : '';
    return [`${texts.fields[field]}: ${values.slice(0, SHOWN).join(', ')}${more}`];
  });
  return parts.length === 0 ? texts.everything : parts.join('; ');
}

function describeValue(field: string, value: string, locale: MailLocale): string {
  const texts = textsIn[locale];
  if (field === 'position') return texts.positions[value] ?? value;
  if (value === NONE) return texts.none;
  if (field === 'stateUnderReview' || field === 'recommendingState') return stateName(value, locale);
  if (field === 'kind' && value === 'pledge') return texts.pledge;
  if (field === 'q') return `“${value}”`;
  return value;
}
