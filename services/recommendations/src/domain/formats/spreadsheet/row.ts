import { cellAddress, type Address, type TableRow } from '@followthrough/imports/files';
import { fold, reviewOfSymbol, sessionToCycle } from '@followthrough/vocabulary';
import { sdgCodes } from '../matrix/cell-lists';
import { reportSymbol } from '../matrix/symbol';
import { parseCycle, parseSession } from '../numbers';
import { positionOf } from '../position';
import type { Draft } from '../record';
import { dateOfSession, distinctMentions, type StateNames } from '../states';
import type { MappedField, RecordKind, StateMention } from '../types';
import { distinct } from '../words';
import type { MappedCells } from './cells';
import { parseDate } from './dates';
import { languageNamed, languageOfText } from './languages';
import { mechanismOf, mechanismOfSymbol } from './mechanisms';
import { numberedText, withoutTags } from './numbered-text';

/** A value that cannot be taken, with the cell it stands in. */
export class BadCell extends Error {
  constructor(
    readonly at: Address,
    readonly reason: string,
    readonly cure: string,
  ) {
    super(reason);
  }
}

export interface RowSettings {
  cells: MappedCells;
  names: StateNames;
  dateOrder: 'dmy' | 'mdy';
  /** texts carry their paragraph numbers, as UHRI's do */
  numbersInText: boolean;
}

/** One row of a mapped table. Throws `BadCell`. */
export function spreadsheetRow(row: TableRow, raw: Record<string, string>, settings: RowSettings): Draft {
  const read = new RowReader(row, settings);
  const whole = withoutTags(read.whole('text'));
  if (whole === '') throw read.bad('text', 'it has no text', 'Fill in the text, or delete the row.');
  const kind = read.kind();
  const given = read
    .single('paragraph')
    .replace(/^(para(graph)?|no|n°)?[.\s]*/i, '')
    .replace(/\.$/, '');
  const { paragraph, text } =
    settings.numbersInText && given === '' ? numberedText(whole) : { paragraph: given, text: whole };
  if (settings.numbersInText && /^response of\b/i.test(text)) {
    throw read.bad(
      'text',
      'it is the answer of a State, not a recommendation',
      'Nothing: it belongs elsewhere.',
    );
  }
  const session = read.session();
  const symbol = symbolOf(read.single('symbol'));
  const position = kind === 'pledge' ? '' : read.position();
  const date = read.date('date');
  const on = dateOfSession(session) || date;
  const recommendingStates = kind === 'pledge' ? [] : read.states('recommendingStates', on);
  const upr = position !== '' || recommendingStates.length > 0 || session !== null;
  const named = read.single('mechanism');
  const mechanism =
    named !== '' ? mechanismOf(named) : mechanismOfSymbol(symbol) || (upr || reviewed(symbol) ? 'UPR' : '');
  const review = mechanism === 'UPR' && symbol !== '' ? reviewOfSymbol(symbol) : null;
  const reviewSession = session ?? review?.session ?? null;
  return {
    at: row.at,
    kind,
    mechanism,
    stateUnderReview: oneState(read.states('stateUnderReview', on), read.single('stateUnderReview')),
    cycle:
      mechanism === 'UPR' ? (read.cycle() ?? sessionCycle(reviewSession) ?? review?.cycle ?? null) : null,
    session: mechanism === 'UPR' ? reviewSession : null,
    symbol,
    paragraph,
    text,
    language: languageNamed(read.single('language')) || languageOfText(text),
    recommendingStates,
    position,
    positionSource: '',
    actionCategory: read.actionCategory(),
    themes: read.list('themes'),
    groups: read.list('groups'),
    sdgs: sdgCodes(read.list('sdgs')),
    date,
    externalId: read.single('externalId'),
    internal: {
      leadInstitution: read.single('leadInstitution'),
      supportingInstitutions: read.list('supportingInstitutions'),
      deadline: read.date('deadline'),
      status: read.single('status'),
      note: read.whole('note'),
    },
    raw,
  };
}

class RowReader {
  constructor(
    private readonly row: TableRow,
    private readonly settings: RowSettings,
  ) {}

  single = (field: MappedField) => this.settings.cells.single(this.row.cells, field);
  whole = (field: MappedField) => this.settings.cells.whole(this.row.cells, field);
  list = (field: MappedField) => this.settings.cells.list(this.row.cells, field);

  states(field: MappedField, on: string): StateMention[] {
    const lines = this.list(field);
    return distinctMentions(lines.flatMap((line) => this.settings.names.list(line, on)));
  }

  kind(): RecordKind {
    const text = fold(this.single('kind'));
    if (/pledge|voluntary|volontaire|voluntari|تعهد/.test(text)) return 'pledge';
    // UHRI types some recommendations of the UPR as concerns; a position shows what they are.
    const concern = /^(concerns?|observations?)\b/.test(text) && !/recommend/.test(text);
    if (concern && this.single('position') === '') {
      throw this.bad(
        'kind',
        'it is a concern or observation, not a recommendation',
        'Nothing: it belongs elsewhere.',
      );
    }
    return 'recommendation';
  }

  position(): ReturnType<typeof positionOf> & string {
    const cell = this.single('position');
    const position = positionOf(cell);
    if (position !== null) return position;
    throw this.bad(
      'position',
      `its position "${shown(cell)}" is not known`,
      'Match the value to a position.',
    );
  }

  session(): number | null {
    const cell = this.single('session');
    const session = cell === '' ? null : parseSession(cell);
    if (cell !== '' && session === null && /\d/.test(cell)) {
      throw this.bad(
        'session',
        `its session "${shown(cell)}" is no session of the Working Group`,
        'Write its number.',
      );
    }
    return session;
  }

  cycle(): number | null {
    return parseCycle(this.single('cycle'));
  }

  actionCategory(): number | null {
    const cell = this.single('actionCategory');
    const category = Number(/^([0-5])(?:\.0+)?(?:\s*[-–].*)?$/.exec(cell)?.[1] ?? (cell === '' ? 0 : NaN));
    if (!Number.isNaN(category)) return category || null;
    throw this.bad(
      'actionCategory',
      `its action category "${shown(cell)}" is not known`,
      'Write a number from 1 to 5.',
    );
  }

  date(field: 'date' | 'deadline'): string {
    const cell = this.single(field);
    const date = cell === '' ? '' : parseDate(cell, this.settings.dateOrder);
    if (date !== null) return date;
    const name = field === 'date' ? 'date' : 'deadline';
    throw this.bad(field, `its ${name} "${shown(cell)}" is no date`, 'Write it as 2026-12-31.');
  }

  bad(field: MappedField, reason: string, cure: string): BadCell {
    const column = this.settings.cells.columnOf(field);
    const at =
      column < 0 ? this.row.at : cellAddress(this.row.at, column, this.settings.cells.headingOf(field));
    return new BadCell(at, reason, cure);
  }
}

/** One State, or a question: a record that is addressed to several belongs to none of them until a person says so. */
function oneState(states: StateMention[], written: string): StateMention {
  if (states.length === 1) return states[0]!;
  const suggestions = states.flatMap((state) => (state.code ? [state.code] : state.suggestions));
  return {
    raw: states.length === 0 ? written : states.map((state) => state.raw).join(', '),
    code: null,
    suggestions: distinct(suggestions),
  };
}

/** A symbol on one line; answers to UPR recommendations count as their report. */
function symbolOf(cell: string): string {
  const symbol = cell.replace(/\s*\/\s*/g, '/');
  return reviewed(symbol) ? reportSymbol(symbol) || symbol : symbol;
}

function reviewed(symbol: string): boolean {
  return symbol.startsWith('A/HRC/');
}

function sessionCycle(session: number | null): number | null {
  return session === null ? null : sessionToCycle(session);
}

function shown(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
