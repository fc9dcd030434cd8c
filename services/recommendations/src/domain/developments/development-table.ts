import { fold } from '@followthrough/vocabulary';
import { parseDate } from '../formats/spreadsheet/dates';
import { developmentKinds, type DevelopmentKind } from './development';

/** A row of a list of developments that can be used. */
export interface DevelopmentListRow {
  /** Ids of recommendations, where the list gives them. */
  ids: string[];
  /** Document symbol and paragraphs, where it gives those. */
  symbol: string;
  paragraphs: string[];
  kind: DevelopmentKind;
  /** ISO date */
  happenedOn: string;
  title: string;
  text: string;
  language: string;
  link: string;
}

type Address = Record<string, string | number>;

export type DevelopmentReading =
  | { at: Address; ok: true; title: string; development: DevelopmentListRow }
  | { at: Address; ok: false; title: string; reason: string; cure: string };

type Column = 'id' | 'symbol' | 'paragraph' | 'kind' | 'date' | 'title' | 'text' | 'language' | 'link';

/** Headings that people write, folded. */
const headings: Record<Column, readonly string[]> = {
  id: ['recommendation id', 'recommendation', 'id', 'identifiant', 'معرف التوصيه'].map(fold),
  symbol: ['document symbol', 'symbol', 'document', 'cote', 'cote du document', 'رمز الوثيقة'].map(fold),
  paragraph: ['paragraph', 'paragraphs', 'paragraphe', 'paragraphes', 'no', 'number', 'الفقرة'].map(fold),
  kind: ['kind', 'type', 'nature', 'النوع'].map(fold),
  date: ['date', 'day', 'happened on', 'التاريخ'].map(fold),
  title: ['title', 'what happened', 'titre', 'intitule', 'العنوان'].map(fold),
  text: ['text', 'description', 'details', 'texte', 'النص', 'الوصف'].map(fold),
  language: ['language', 'langue', 'اللغة'].map(fold),
  link: ['link', 'url', 'source', 'address', 'lien', 'adresse', 'الرابط'].map(fold),
};
const needed: readonly Column[] = ['kind', 'date', 'title', 'link'];

/** Kinds as people write them, folded. */
const kindWords = new Map<string, DevelopmentKind>(
  (
    [
      ['bill-stage', 'bill', 'bill stage', 'projet de loi', 'مشروع قانون'],
      ['law', 'act', 'loi', 'قانون'],
      ['judgment', 'judgement', 'court decision', 'jugement', 'arret', 'حكم'],
      ['policy', 'plan', 'politique', 'سياسة'],
      ['budget', 'الميزانية', 'ميزانية'],
      ['practice', 'pratique', 'ممارسة'],
      ['support-received', 'support received', 'support', 'appui recu', 'دعم'],
      ['setback', 'recul', 'تراجع'],
    ] as [DevelopmentKind, ...string[]][]
  ).flatMap(([kind, ...words]) => [kind, ...words].map((word) => [fold(word), kind] as const)),
);

/** The list as a whole cannot be read: the sentence says which column is missing. */
export class NoDevelopmentTable extends Error {}

/**
 * Reads a list of developments: a heading row, then one development a row. Bad rows are data, not errors.
 * @param rows cells as text, with where they stand in the file
 * @throws NoDevelopmentTable
 */
export function readDevelopments(
  rows: readonly { at: Address; cells: readonly string[] }[],
): DevelopmentReading[] {
  const [heading, ...rest] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const columns = columnsOf(heading?.cells ?? []);
  const missing = needed.filter((column) => columns[column] === undefined);
  if (columns.id === undefined && (columns.symbol === undefined || columns.paragraph === undefined)) {
    missing.unshift('id');
  }
  if (missing.length > 0) {
    throw new NoDevelopmentTable(
      `The first row must have the headings kind, date, title and link, and either "recommendation id" or "document symbol" and "paragraph"; missing: ${missing.join(', ')}.`,
    );
  }
  return rest.map(({ at, cells }) => readRow(at, cells, columns));
}

function columnsOf(cells: readonly string[]): Partial<Record<Column, number>> {
  const columns: Partial<Record<Column, number>> = {};
  cells.forEach((cell, index) => {
    const column = (Object.keys(headings) as Column[]).find((one) => headings[one].includes(fold(cell)));
    if (column && columns[column] === undefined) columns[column] = index;
  });
  return columns;
}

function readRow(
  at: Address,
  cells: readonly string[],
  columns: Partial<Record<Column, number>>,
): DevelopmentReading {
  const cell = (column: Column) =>
    columns[column] === undefined ? '' : (cells[columns[column]] ?? '').trim();
  const title = cell('title');
  const refuse = (reason: string, cure: string): DevelopmentReading => ({
    at,
    ok: false,
    title,
    reason,
    cure,
  });
  const ids = list(cell('id'));
  const paragraphs = list(cell('paragraph'));
  if (ids.length === 0 && (cell('symbol') === '' || paragraphs.length === 0)) {
    return refuse(
      'No recommendation is named.',
      'Give its id, or the symbol of its document and its paragraph; several are separated by ";".',
    );
  }
  const malformed = ids.find((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (malformed !== undefined) {
    return refuse(
      `"${malformed}" is no id of a recommendation.`,
      'Copy the id from the address of its page.',
    );
  }
  if (title === '') return refuse('There is no title.', 'Say in one line what happened.');
  if (title.length > 300) return refuse('The title is longer than 300 characters.', 'Shorten it.');
  if (cell('text').length > 10_000)
    return refuse('The text is longer than 10,000 characters.', 'Shorten it.');
  const kind = kindWords.get(fold(cell('kind')));
  if (!kind) {
    return refuse(
      `"${cell('kind')}" is no kind of development.`,
      `Use one of ${developmentKinds.join(', ')}.`,
    );
  }
  const happenedOn = parseDate(cell('date'));
  if (!happenedOn) {
    return refuse(`"${cell('date')}" is no date.`, 'Write the day as 2026-03-31.');
  }
  const link = cell('link');
  if (!isWebAddress(link)) {
    return refuse(
      link === '' ? 'There is no link.' : `"${link}" is no web address.`,
      'Give the address where it can be read, beginning with https://.',
    );
  }
  const language = cell('language').toLowerCase() || 'und';
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(language)) {
    return refuse(`"${cell('language')}" is no language.`, 'Write its code, such as en, fr or ar.');
  }
  return {
    at,
    ok: true,
    title,
    development: {
      ids,
      symbol: cell('symbol'),
      paragraphs,
      kind,
      happenedOn,
      title,
      text: cell('text'),
      language,
      link,
    },
  };
}

function list(text: string): string[] {
  return text
    .split(/[;,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An address that a browser can open and a reader can be sent to. */
export function isWebAddress(text: string): boolean {
  if (text.length > 2000 || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
