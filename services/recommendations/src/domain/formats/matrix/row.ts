import type { Address, DocxRow } from '@followthrough/imports/files';
import { fold } from '@followthrough/vocabulary';
import { positionOf } from '../position';
import type { Draft } from '../record';
import { dateOfSession, type StateNames } from '../states';
import type { DocumentFacts, Position, RejectedRow } from '../types';
import { cellText, distinct } from '../words';
import { sdgCodes, themeLists, type ThemeLists } from './cell-lists';
import { whoAsks } from './clauses';
import type { MatrixColumn, MatrixColumns } from './headings';
import { numberedTexts, type NumberedText } from './recommendation-cell';

/** A row of a matrix, before it is known to which review the matrix belongs. */
export interface MatrixRow {
  positionSource: string;
  /** adds what a continued row says */
  extend(lists: ThemeLists): void;
  draft(document: DocumentFacts, names: StateNames): Draft;
}

export interface ReadRow {
  /** the theme that a section row names */
  section?: string;
  rows: (MatrixRow | RejectedRow)[];
}

const THEME_PREFIX =
  /^\s*(theme|th[eè]me|tema|right or area|droit ou domaine|derecho o [aá]rea|الموضوع|тема|主题)\s*[:：]\s*/i;
const INSTRUCTION = /^\s*(note|\*|source|disclaimer)\b/i;

/** Reads one table row. `before` is the row above, on which a vertically merged or split row goes on. */
export function readMatrixRow(
  row: DocxRow,
  columns: MatrixColumns,
  theme: string,
  before: MatrixRow | RejectedRow | null,
): ReadRow {
  const at: Address = { table: row.table, row: row.row };
  const cell = (column: MatrixColumn) => cellOf(row, columns, column);
  const filled = row.cells.filter((other) => other.text.trim() !== '');
  if (filled.length === 0) return { rows: [] };
  const number = cell('number').trim();
  const recommendation = cell('recommendation').trim();
  const texts = numberedTexts(recommendation);
  const first = texts[0];
  const lone = filled.length === 1 && !row.cells.some((other) => other.continued);
  if (lone && (row.cells.length === 1 || !first?.paragraph)) {
    const text = filled[0]!.text.trim().replace(/\s+/g, ' ');
    return INSTRUCTION.test(text) ? { rows: [] } : { section: text.replace(THEME_PREFIX, ''), rows: [] };
  }
  const lists = listsOf(cellText(cell('themes')), cellText(cell('sdgs')));
  if (!first) {
    if (before && 'draft' in before) before.extend(lists);
    return { rows: [] };
  }
  const raw = rawOf(row, columns, theme);
  const named = cell('position').trim() || letterPosition(first.positionLetter);
  const position = positionOf(named);
  return {
    rows: texts.map((text) => {
      const paragraph = number !== '' ? number.replace(/[.\s]+$/, '') : text.paragraph;
      if (paragraph === '' && named === '') {
        return {
          outcome: 'rejected',
          at,
          reason: 'The row has neither a paragraph number nor a position, so it is no recommendation.',
          cure: 'If it is one, write its number before its text; else leave it.',
          raw,
        } satisfies RejectedRow;
      }
      if (text.text.trim() === '') {
        return {
          outcome: 'rejected',
          at,
          reason: `The row has the number ${paragraph}, but no text.`,
          cure: 'Fill in the text from the report, or delete the row.',
          raw,
        } satisfies RejectedRow;
      }
      return new OpenRow(
        { ...text, paragraph },
        position ?? 'unclear',
        cell('states'),
        lists,
        theme,
        at,
        raw,
      );
    }),
  };
}

class OpenRow implements MatrixRow {
  readonly positionSource: string;

  constructor(
    private readonly text: NumberedText,
    private readonly position: Position,
    private readonly states: string,
    private lists: ThemeLists,
    private readonly theme: string,
    private readonly at: Address,
    private readonly raw: Record<string, string>,
  ) {
    this.positionSource = text.positionSource;
  }

  extend(lists: ThemeLists): void {
    this.lists = {
      themes: distinct([...this.lists.themes, ...lists.themes]),
      groups: distinct([...this.lists.groups, ...lists.groups]),
      sdgs: distinct([...this.lists.sdgs, ...lists.sdgs]),
    };
  }

  draft(document: DocumentFacts, names: StateNames): Draft {
    const { themes, groups, sdgs } = this.lists;
    const on = dateOfSession(document.session);
    const { recommendingStates, clauses } = whoAsks(this.text.text, names, on);
    const state = document.stateUnderReview;
    return {
      at: this.at,
      kind: 'recommendation',
      mechanism: 'UPR',
      stateUnderReview: state
        ? { raw: state, code: state, suggestions: [] }
        : names.mention(document.stateUnderReviewRaw ?? ''),
      cycle: document.cycle,
      session: document.session,
      symbol: document.symbol ?? '',
      paragraph: this.text.paragraph,
      text: this.text.text.trim(),
      language: languageOf(this.raw),
      ...(clauses.length > 1 ? { clauses } : {}),
      // Some matrices name the States in a column of their own, and not behind the text.
      recommendingStates: recommendingStates.length > 0 ? recommendingStates : names.list(this.states, on),
      position: this.position,
      positionSource: this.positionSource,
      actionCategory: null,
      themes: themes.length > 0 || this.theme === '' ? themes : [this.theme],
      groups,
      sdgs,
      date: '',
      externalId: '',
      raw: this.raw,
    };
  }
}

/**
 * The cell that stands under a heading: the one that covers the heading's first grid column. A cell that goes on
 * from the row above has that one's text, except for recommendations: there it means that the row itself goes on.
 */
function cellOf(row: DocxRow, columns: MatrixColumns, column: MatrixColumn): string {
  const wanted = columns[column];
  if (wanted === undefined) return '';
  const cell = row.cells.find((other) => other.column <= wanted && wanted < other.column + other.span);
  return !cell || (cell.continued && column === 'recommendation') ? '' : cell.text;
}

function listsOf(themes: string, sdgs: string): ThemeLists {
  const lists = themeLists(themes);
  return { ...lists, sdgs: distinct([...lists.sdgs, ...sdgCodes(sdgs.split('\n'))]) };
}

function rawOf(row: DocxRow, columns: MatrixColumns, theme: string): Record<string, string> {
  const names = Object.fromEntries(Object.entries(columns).map(([name, column]) => [column, name]));
  const raw: Record<string, string> = theme === '' ? {} : { section: theme };
  for (const cell of row.cells) {
    if (cell.text.trim() !== '') raw[names[cell.column] ?? `column ${cell.column + 1}`] = cell.text.trim();
  }
  return raw;
}

function letterPosition(letter: string): string {
  return (
    {
      S: 'supported',
      A: 'accepted',
      N: 'noted',
      NS: 'not supported',
      NA: 'not accepted',
      R: 'rejected',
      P: 'pending',
    }[letter] ?? ''
  );
}

/** The language in which the row's position and list headings are written. */
function languageOf(raw: Record<string, string>): string {
  const words = fold(Object.values(raw).join('\n'));
  if (/source de la position|groupes? de personnes|personnes (affectees|concernees)/.test(words)) return 'fr';
  if (/fuente de la posicion|grupos? de personas|personas afectadas/.test(words)) return 'es';
  return 'en';
}
