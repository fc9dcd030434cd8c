import { fold } from '@followthrough/vocabulary';

/** What a column of a plan may hold. */
export type Field =
  | 'number'
  | 'action'
  | 'description'
  | 'lead'
  | 'supporting'
  | 'start'
  | 'due'
  | 'recommendations'
  | 'clusters'
  | 'open'
  | 'actionId'
  | 'indicator'
  | 'kind'
  | 'unit'
  | 'baseline'
  | 'baselineOn'
  | 'target'
  | 'targetOn'
  | 'indicatorSource'
  | 'year'
  | 'currency'
  | 'amount'
  | 'costSource'
  | 'cluster'
  | 'reason';

/** Headings that plans of States use, English, French, Arabic; the first is the one that we write. */
const headings: Record<Field, string[]> = {
  number: ['Number', 'No', 'No.', '#', 'Ref', 'Numéro', 'N°', 'الرقم'],
  action: [
    'Action',
    'Actions',
    'Activity',
    'Activities',
    'Measure',
    'Planned action',
    'Activité',
    'Activités',
    'Mesure',
    'Mesures',
    'الإجراء',
    'الإجراءات',
    'النشاط',
    'الأنشطة',
  ],
  description: ['Description', 'Details', 'Détails', 'الوصف'],
  lead: [
    'Lead institution',
    'Lead',
    'Lead agency',
    'Responsible',
    'Responsible institution',
    'Responsibility',
    'Institution responsable',
    'Responsable',
    'Chef de file',
    'الجهة المسؤولة',
    'المؤسسة الرائدة',
    'الجهة الرائدة',
  ],
  supporting: [
    'Supporting institutions',
    'Supporting',
    'Partners',
    'Institutions partenaires',
    "Institutions d'appui",
    'Partenaires',
    'الجهات الداعمة',
    'الشركاء',
  ],
  start: ['Start', 'Start date', 'Début', 'Date de début', 'تاريخ البدء'],
  due: [
    'Due',
    'Due date',
    'Deadline',
    'Timeline',
    'Timeframe',
    'End date',
    'Échéance',
    'Délai',
    'Calendrier',
    'تاريخ الاستحقاق',
    'الموعد النهائي',
    'الإطار الزمني',
  ],
  recommendations: [
    'Recommendations',
    'Recommendation',
    'Recommendation no',
    'Recommandation',
    'Recommandations',
    'التوصية',
    'التوصيات',
  ],
  clusters: ['Clusters', 'Thematic cluster', 'Groupes', 'المجموعات'],
  open: ['Open references', 'Références ouvertes', 'إحالات مفتوحة'],
  actionId: ['Action id'],
  indicator: ['Indicator', 'Indicators', 'Indicateur', 'Indicateurs', 'المؤشر', 'المؤشرات'],
  kind: ['Kind', 'Type', 'النوع'],
  unit: ['Unit', 'Unité', 'الوحدة'],
  baseline: ['Baseline', 'Valeur de référence', 'Référence', 'خط الأساس'],
  baselineOn: ['Baseline date', 'Date de référence', 'تاريخ خط الأساس'],
  target: ['Target', 'Cible', 'الهدف', 'القيمة المستهدفة'],
  targetOn: ['Target date', 'Date cible', 'تاريخ الهدف'],
  indicatorSource: ['Source of values', 'Means of verification', 'Moyens de vérification', 'وسائل التحقق'],
  year: ['Year', 'Année', 'السنة'],
  currency: ['Currency', 'Devise', 'Monnaie', 'العملة'],
  amount: ['Amount', 'Cost', 'Budget', 'Estimated cost', 'Coût', 'Montant', 'المبلغ', 'التكلفة', 'الميزانية'],
  costSource: ['Source of the estimate', "Source de l'estimation", 'مصدر التقدير'],
  cluster: ['Cluster', 'Groupe', 'المجموعة'],
  reason: ['Reason', 'Motif', 'Raison', 'السبب'],
};

export const headingOf = (field: Field): string => headings[field][0]!;

const byHeading = new Map(
  Object.entries(headings).flatMap(([field, names]) =>
    names.map((name) => [fold(name), field as Field] as const),
  ),
);

export interface YearColumn {
  column: number;
  year: number;
  /** ISO 4217 where the heading names it, '' elsewhere */
  currency: string;
}

export interface Columns {
  fields: Map<Field, number>;
  /** columns that hold the cost of a year: `2026`, `Budget 2027 (EUR)` */
  years: YearColumn[];
  /** headings that mean nothing here, by column */
  unknown: { column: number; heading: string }[];
}

/** What the cells of a heading row stand for; the first of two columns of one meaning counts. */
export function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = { fields: new Map(), years: [], unknown: [] };
  for (const [column, heading] of cells.entries()) {
    const text = fold(heading ?? '');
    if (text === '') continue;
    const field = byHeading.get(text) ?? byHeading.get(text.replace(/\s*[(:].*$/, ''));
    const year = /(?:^|\D)(20\d\d)(?:\D|$)/.exec(text)?.[1];
    if (field !== undefined && !columns.fields.has(field)) columns.fields.set(field, column);
    else if (year && (text === year || /cost|budget|cout|montant|تكلف|ميزاني/.test(text))) {
      columns.years.push({
        column,
        year: Number(year),
        currency: /\b([A-Z]{3})\b/.exec(heading.replace(/[^A-Z]+/g, ' '))?.[1] ?? '',
      });
    } else columns.unknown.push({ column, heading });
  }
  return columns;
}
