import { isDeepStrictEqual } from 'node:util';
import type { RecommendationState } from '@followthrough/contracts';
import type { Translations } from './statement';

/** Kinds of sources, those first that outrank the others where they disagree. */
export const families = ['ohchr-matrix', 'uhri', 'spreadsheet', 'upr-info', 'demo'] as const;
export type Family = (typeof families)[number];

/** What is held true of a recommendation. Empty strings, zeroes and lists where nobody says anything. */
export interface Held {
  kind: string;
  mechanism: string;
  /** alpha-3, '' while its name is an open question */
  stateUnderReview: string;
  stateUnderReviewRaw: string;
  cycle: number;
  session: number;
  symbol: string;
  paragraph: string;
  text: string;
  language: string;
  translations: Translations;
  recommendingStates: string[];
  unresolvedStates: string[];
  position: string;
  positionSource: string;
  actionCategory: number;
  themes: string[];
  groups: string[];
  sdgs: string[];
  reviewDate: string;
  sources: string[];
  demo: boolean;
  leadInstitution: string;
  supportingInstitutions: string[];
  /** ISO date or '' */
  deadline: string;
  status: string;
  note: string;
}

export type HeldField = keyof Held;

/** Seen by the State's own institutions only; never in an event. */
export const internalFields = [
  'leadInstitution',
  'supportingInstitutions',
  'deadline',
  'status',
  'note',
] as const;

/** Public fields, in the order in which they are shown and exported. */
export const publicFields = [
  'kind',
  'mechanism',
  'stateUnderReview',
  'stateUnderReviewRaw',
  'cycle',
  'session',
  'symbol',
  'paragraph',
  'text',
  'language',
  'translations',
  'recommendingStates',
  'unresolvedStates',
  'position',
  'positionSource',
  'actionCategory',
  'themes',
  'groups',
  'sdgs',
  'reviewDate',
  'sources',
  'demo',
] as const satisfies readonly HeldField[];

/** The public state as events carry it. */
export function stateOf(id: string, held: Held): RecommendationState {
  return {
    recommendationId: id,
    kind: held.kind,
    mechanism: held.mechanism,
    stateUnderReview: held.stateUnderReview,
    cycle: held.cycle,
    session: held.session,
    symbol: held.symbol,
    paragraph: held.paragraph,
    text: held.text,
    language: held.language,
    recommendingStates: held.recommendingStates,
    position: held.position,
    actionCategory: held.actionCategory,
    themes: held.themes,
    groups: held.groups,
    sdgs: held.sdgs,
    reviewDate: held.reviewDate,
    demo: held.demo,
    sources: held.sources,
  };
}

const carried: ReadonlySet<HeldField> = new Set(Object.keys(stateOf('', {} as Held)) as HeldField[]);

/** What differs between two states, and who may hear of it. */
export interface Change {
  fields: HeldField[];
  /** fields that events carry */
  told: HeldField[];
}

export function changeBetween(before: Held, after: Held): Change {
  const fields = [...publicFields, ...internalFields].filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );
  return { fields, told: fields.filter((field) => carried.has(field)) };
}

/** Another source that says the same is no news; neither is a translation. */
export const isNews = (change: Change): boolean => change.told.some((field) => field !== 'sources');
