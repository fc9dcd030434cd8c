import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stateName } from '@followthrough/vocabulary';
import { writeXlsxStream } from 'hucre/xlsx';
import { pageLocale, type PageLocale } from '../domain/account/locales';
import type { Changed } from '../outbound/view/from-state.reader';
import type { RecommendationView } from '../outbound/view/recommendation.reader';

const headings: Record<PageLocale, readonly string[]> = {
  en: [
    'State under review',
    'Cycle',
    'Session',
    'Document',
    'Paragraph',
    'Recommendation',
    'Position',
    'Recommending States',
    'Themes',
    'SDGs',
    'Date of review',
    'Change',
    'Changed on',
    'Position before',
  ],
  fr: [
    'État examiné',
    'Cycle',
    'Session',
    'Document',
    'Paragraphe',
    'Recommandation',
    'Position',
    'États auteurs',
    'Thèmes',
    'ODD',
    'Date de l’examen',
    'Changement',
    'Changé le',
    'Position antérieure',
  ],
  ar: [
    'الدولة موضوع الاستعراض',
    'الجولة',
    'الدورة',
    'الوثيقة',
    'الفقرة',
    'التوصية',
    'الموقف',
    'الدول الموصية',
    'المواضيع',
    'أهداف التنمية المستدامة',
    'تاريخ الاستعراض',
    'التغيير',
    'تاريخ التغيير',
    'الموقف السابق',
  ],
};
const widths = [24, 8, 8, 20, 12, 90, 14, 30, 30, 12, 14, 12, 14, 16];
/** Columns that only matter where one asks for changes. */
const CHANGE_COLUMNS = 3;

export interface FromStateContent {
  all: AsyncIterable<RecommendationView>;
  changes: readonly Changed[];
  /** Whether changes were asked for. */
  since: boolean;
  /** Language of headings and names of States. */
  language: string;
}

/** Writes the workbook as its rows are read; text stays text, whatever it begins with. */
export async function writeFromState(
  target: NodeJS.WritableStream,
  content: FromStateContent,
): Promise<void> {
  const locale = pageLocale(content.language);
  const count = widths.length - (content.since ? 0 : CHANGE_COLUMNS);
  const columns = headings[locale].slice(0, count).map((header, index) => ({ header, width: widths[index] }));
  const stream = writeXlsxStream(rows(content, locale, count), {
    name: 'Recommendations',
    columns,
    freezePane: { rows: 1 },
  });
  await pipeline(Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]), target);
}

async function* rows({ all, changes }: FromStateContent, locale: PageLocale, count: number) {
  const changed = new Map(changes.map((one) => [one.recommendation.id, one]));
  for await (const one of all) {
    yield cells(one, locale, changed.get(one.id)).slice(0, count);
    changed.delete(one.id);
  }
  // Those that are no longer held, and so not among all.
  for (const one of changed.values()) yield cells(one.recommendation, locale, one).slice(0, count);
}

function cells(
  one: RecommendationView,
  locale: PageLocale,
  change: Changed | undefined,
): (string | number)[] {
  const name = (code: string) => (code === '' ? '' : stateName(code, locale));
  return [
    name(one.stateUnderReview),
    one.cycle || '',
    one.session || '',
    one.symbol,
    one.paragraph,
    one.text,
    one.position,
    one.recommendingStates.map(name).join('; '),
    one.themes.join('; '),
    one.sdgs.join(', '),
    one.reviewDate,
    change?.what ?? '',
    change?.at.toISOString().slice(0, 10) ?? '',
    change?.previousPosition ?? '',
  ];
}
