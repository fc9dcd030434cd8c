import type { InternalFields, Position, RecordKind, SourceRow, StateMention } from '../formats';
import { nameKey, type NamedState } from './state-name';

export type Translations = Record<
  string,
  { text: string; status: 'original' | 'translated' | 'machine-translated' }
>;

/** What one source record says about a recommendation. What is absent it does not say. */
export interface Statement extends Partial<InternalFields> {
  kind?: RecordKind;
  mechanism?: string;
  stateUnderReview?: NamedState;
  cycle?: number;
  session?: number;
  symbol?: string;
  paragraph?: string;
  text?: string;
  language?: string;
  translations?: Translations;
  recommendingStates?: NamedState[];
  position?: Position;
  positionSource?: string;
  actionCategory?: number;
  themes?: string[];
  groups?: string[];
  sdgs?: string[];
  date?: string;
  externalId?: string;
  /** names in it that nobody can resolve, with what they may mean */
  open?: { key: string; raw: string; suggestions: string[] }[];
  /** where present only these fields count: a row of our own export says what was edited in it, nothing else */
  says?: string[];
}

const named = ({ raw, code }: StateMention): NamedState => (code ? { raw, code } : { raw });

/** A row of a file without what is empty in it. */
export function statementOf(row: SourceRow): Statement {
  const said: Record<string, unknown> = {};
  const say = (field: keyof Statement, value: unknown) => {
    const empty =
      value === null || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
    if (!empty) said[field] = value;
  };
  say('kind', row.kind);
  say('mechanism', row.mechanism);
  if (row.stateUnderReview.raw !== '' || row.stateUnderReview.code)
    say('stateUnderReview', named(row.stateUnderReview));
  say('cycle', row.cycle);
  say('session', row.session);
  say('symbol', row.symbol);
  say('paragraph', row.paragraph);
  say('text', row.text);
  say('language', row.language);
  say('recommendingStates', row.recommendingStates.map(named));
  say('position', row.position);
  say('positionSource', row.positionSource);
  say('actionCategory', row.actionCategory);
  say('themes', row.themes);
  say('groups', row.groups);
  say('sdgs', row.sdgs);
  say('date', row.date);
  say('externalId', row.externalId);
  say('leadInstitution', row.internal.leadInstitution);
  say('supportingInstitutions', row.internal.supportingInstitutions);
  say('deadline', row.internal.deadline);
  say('status', row.internal.status);
  say('note', row.internal.note);
  say(
    'open',
    row.openQuestions.map(({ raw, suggestions }) => ({ key: nameKey(raw), raw, suggestions })),
  );
  return said;
}
