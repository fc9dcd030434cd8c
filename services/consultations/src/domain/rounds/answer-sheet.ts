import { fold } from '@followthrough/vocabulary';
import { MOST_LETTERS, type Answer, type AnswerStatus, type EvidenceLink } from './answer';

export const sheetLocales = ['en', 'fr', 'ar'] as const;
export type SheetLocale = (typeof sheetLocales)[number];

/** Columns of the workbook in which a task is answered; those from `status` on are read back. */
const columns = [
  'id',
  'version',
  'document',
  'paragraph',
  'recommendation',
  'before',
  'status',
  'text',
  'links',
] as const;
type Column = (typeof columns)[number];

const headings: Record<SheetLocale, Record<Column, string>> = {
  en: {
    id: 'Id (do not change)',
    version: 'Version (do not change)',
    document: 'Document',
    paragraph: 'Paragraph',
    recommendation: 'Recommendation',
    before: 'Last answer',
    status: 'Status',
    text: 'Text',
    links: 'Links to evidence',
  },
  fr: {
    id: 'Id (ne pas modifier)',
    version: 'Version (ne pas modifier)',
    document: 'Document',
    paragraph: 'Paragraphe',
    recommendation: 'Recommandation',
    before: 'Dernière réponse',
    status: 'État',
    text: 'Texte',
    links: 'Liens vers des preuves',
  },
  ar: {
    id: 'المعرّف (لا يُغيَّر)',
    version: 'النسخة (لا تُغيَّر)',
    document: 'الوثيقة',
    paragraph: 'الفقرة',
    recommendation: 'التوصية',
    before: 'آخر إجابة',
    status: 'الحالة',
    text: 'النص',
    links: 'روابط الأدلة',
  },
};

/** What the status column may say, in the reader's language; read back in all of them. */
export const sheetStatuses: Record<SheetLocale, Record<AnswerStatus | 'no-change', string>> = {
  en: {
    'not-started': 'Not started',
    'under-way': 'Under way',
    completed: 'Completed',
    discontinued: 'Discontinued',
    'no-change': 'No change',
  },
  fr: {
    'not-started': 'Pas commencé',
    'under-way': 'En cours',
    completed: 'Achevé',
    discontinued: 'Abandonné',
    'no-change': 'Sans changement',
  },
  ar: {
    'not-started': 'لم يبدأ',
    'under-way': 'قيد التنفيذ',
    completed: 'اكتمل',
    discontinued: 'توقّف',
    'no-change': 'لا تغيير',
  },
};

const statusByName = new Map(
  sheetLocales.flatMap((locale) =>
    Object.entries(sheetStatuses[locale]).map(([status, name]) => [
      fold(name),
      status as AnswerStatus | 'no-change',
    ]),
  ),
);
const columnByHeading = new Map(
  sheetLocales.flatMap((locale) => columns.map((column) => [fold(headings[locale][column]), column])),
);

export const sheetHeadings = (locale: SheetLocale): string[] =>
  columns.map((column) => headings[locale][column]);

interface SheetEntry {
  recommendationId: string;
  symbol: string;
  paragraph: string;
  text: string;
  last: Pick<Answer, 'status' | 'text'> | null;
  answer: (Answer & { version: number }) | null;
}

/** One row of the workbook. */
export function sheetRow(entry: SheetEntry, locale: SheetLocale): string[] {
  const { last, answer } = entry;
  const names = sheetStatuses[locale];
  return [
    entry.recommendationId,
    String(answer?.version ?? 0),
    entry.symbol,
    entry.paragraph,
    entry.text,
    last ? [names[last.status], last.text].filter(Boolean).join(': ') : '',
    answer ? names[answer.unchanged ? 'no-change' : answer.status] : '',
    answer && !answer.unchanged ? answer.text : '',
    answer && !answer.unchanged ? answer.links.map(({ url }) => url).join('\n') : '',
  ];
}

export type SheetReading =
  | {
      kind: 'answer';
      recommendationId: string;
      seen: number;
      answer: Omit<Answer, 'unchanged'> | 'no-change';
    }
  | { kind: 'empty' }
  | { kind: 'rejected'; column: string; reason: string };

/** Where the columns of a workbook stand, null where its first row is not ours. */
export function sheetColumns(firstRow: readonly string[]): Map<Column, number> | null {
  const found = new Map<Column, number>();
  for (const [at, heading] of firstRow.entries()) {
    const column = columnByHeading.get(fold(heading));
    if (column && !found.has(column)) found.set(column, at);
  }
  return (['id', 'version', 'status', 'text'] as const).every((column) => found.has(column)) ? found : null;
}

/** What a row says, or what is wrong with it in a sentence. */
export function readSheetRow(places: ReadonlyMap<Column, number>, cells: readonly string[]): SheetReading {
  const cell = (column: Column): string => cells[places.get(column) ?? -1]?.trim() ?? '';
  const rejected = (column: Column, reason: string): SheetReading => ({ kind: 'rejected', column, reason });
  const [id, version, status, text] = [cell('id'), cell('version'), cell('status'), cell('text')];
  const links = cell('links').split(/\s+/).filter(Boolean);
  if (status === '' && text === '' && links.length === 0) return { kind: 'empty' };
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    return rejected('id', 'The id is not one of ours: copy the row anew from the workbook.');
  if (!/^\d{1,6}$/.test(version))
    return rejected('version', 'The version was changed: copy the row anew from the workbook.');
  if (status === '') return rejected('status', 'There is a text but no status: choose one.');
  const known = statusByName.get(fold(status));
  if (!known)
    return rejected(
      'status',
      `The status is one of ${Object.values(sheetStatuses.en).join(', ')}, or the same in French or Arabic.`,
    );
  const common = { kind: 'answer' as const, recommendationId: id.toLowerCase(), seen: Number(version) };
  if (known === 'no-change') return { ...common, answer: 'no-change' };
  if (text.length > MOST_LETTERS)
    return rejected('text', `The text is longer than ${MOST_LETTERS} letters: shorten it.`);
  const bad = links.length > MOST_LINKS ? links[MOST_LINKS] : links.find((url) => !isEvidenceUrl(url));
  if (bad !== undefined)
    return rejected(
      'links',
      `Give at most ${MOST_LINKS} addresses that begin with https:// or http://, one a line.`,
    );
  const evidence: EvidenceLink[] = links.map((url) => ({ url, label: '' }));
  return { ...common, answer: { status: known, text, links: evidence } };
}

export const MOST_LINKS = 10;

/** An address that a page can show as a link: of the web, without a name and password in it. */
export function isEvidenceUrl(text: string): boolean {
  if (text.length > 2000 || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
