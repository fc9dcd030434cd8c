import { hash } from 'node:crypto';
import { fold } from '@followthrough/vocabulary';
import { Occurrences } from './occurrences';
import type { InternalFields, OpenQuestion, SourceRow, StateMention } from './types';
import { comparable } from './words';

export const noInternalFields: InternalFields = Object.freeze({
  leadInstitution: '',
  supportingInstitutions: [],
  deadline: '',
  status: '',
  note: '',
});

/** What a parser knows of a row; the rest of a `SourceRow` follows from it. */
export type Draft = Omit<
  SourceRow,
  'outcome' | 'openQuestions' | 'identityKey' | 'contentHash' | 'occurrence' | 'internal'
> & { internal?: InternalFields };

/**
 * Makes the source records of one file. `family` names the kind of source whose editions are compared with each
 * other: UPR Info's CSV and XLS are one family.
 */
export class RecordMaker {
  private readonly occurrences = new Occurrences();

  constructor(private readonly family: string) {}

  make(draft: Draft): SourceRow {
    const complete = { ...draft, internal: draft.internal ?? noInternalFields };
    const text = comparable(draft.text);
    const key = sha256([this.family, ...identity(complete, text)]);
    const occurrence = this.occurrences.next(key);
    return {
      outcome: 'row',
      ...complete,
      openQuestions: questions(complete),
      identityKey: occurrence === 1 ? key : sha256([key, String(occurrence)]),
      contentHash: sha256(content(complete, text)),
      occurrence,
    };
  }
}

type Complete = Draft & { internal: InternalFields };

/**
 * What makes a record the same in another edition: its own identifier; else document and paragraph; else who
 * asked whom for what, and when.
 */
function identity(row: Complete, text: string): string[] {
  if (row.externalId !== '') return ['id', row.externalId];
  const state = stateKey(row.stateUnderReview);
  if (row.symbol !== '' && row.paragraph !== '') return ['paragraph', state, row.symbol, row.paragraph];
  const session = row.session === null ? row.date : String(row.session);
  const states = row.recommendingStates.map(stateKey).sort();
  return ['text', row.kind, state, row.mechanism, session, row.symbol, states.join('|'), text];
}

function content(row: Complete, text: string): string[] {
  const { internal } = row;
  return [
    row.kind,
    row.mechanism,
    stateKey(row.stateUnderReview),
    String(row.cycle ?? ''),
    String(row.session ?? ''),
    row.symbol,
    row.paragraph,
    text,
    row.language,
    row.recommendingStates.map(stateKey).join('|'),
    row.position,
    row.positionSource,
    String(row.actionCategory ?? ''),
    row.themes.map(comparable).join('|'),
    row.groups.map(comparable).join('|'),
    row.sdgs.join('|'),
    row.date,
    row.externalId,
    internal.leadInstitution,
    internal.supportingInstitutions.join('|'),
    internal.deadline,
    internal.status,
    internal.note,
  ];
}

function stateKey(state: StateMention): string {
  return state.code ?? `?${fold(state.raw)}`;
}

function questions(row: Complete): OpenQuestion[] {
  const asked = (about: OpenQuestion['about'], { raw, code, suggestions }: StateMention): OpenQuestion[] =>
    code === null && raw !== '' ? [{ about, raw, suggestions }] : [];
  return [
    ...asked('stateUnderReview', row.stateUnderReview),
    ...row.recommendingStates.flatMap((state) => asked('recommendingState', state)),
  ];
}

/** Hash of a list of texts; JSON keeps `['a', 'b']` and `['a|b']` apart. */
function sha256(parts: string[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex');
}
