import { fold } from '@followthrough/vocabulary';

/** Bodies that recommend, by what lists call them; the first pattern that fits names the mechanism. */
const bodies: [string, RegExp][] = [
  [
    'UPR',
    /\bupr\b|universal periodic review|\bepu\b|examen periodique universel|examen periodico universal|الاستعراض الدوري الشامل|упо|универсальн/,
  ],
  [
    'CEDAW',
    /\bcedaw\b|\bcedef\b|discrimination against women|discrimination a l'egard des femmes|discriminacion contra la mujer|التمييز ضد المراه/,
  ],
  ['CERD', /\bcerd\b|racial discrimination|discrimination raciale|discriminacion racial|التمييز العنصري/],
  [
    'CESCR',
    /\bcescr\b|\bdesc\b|economic, social and cultural|economiques, sociaux et culturels|economicos, sociales y culturales|الاقتصاديه والاجتماعيه/,
  ],
  [
    'CCPR',
    /\bccpr\b|\bhrcttee\b|human rights committee|civil and political|comite des droits de l'homme|comite de derechos humanos|اللجنه المعنيه بحقوق الانسان/,
  ],
  ['CMW', /\bcmw\b|migrant workers|travailleurs migrants|trabajadores migratorios|العمال المهاجرين/],
  [
    'CRPD',
    /\bcrpd\b|persons with disabilities|personnes handicapees|personas con discapacidad|الاشخاص ذوي الاعاقه/,
  ],
  ['CED', /\bced\b|enforced disappearances|disparitions forcees|desapariciones forzadas|الاختفاء القسري/],
  ['SPT', /\bspt\b|subcommittee on prevention/],
  [
    'CAT',
    /\bcat\b|committee against torture|comite contre la torture|comite contra la tortura|مناهضه التعذيب/,
  ],
  ['CRC', /\bcrc\b|rights of the child|droits de l'enfant|derechos del nino|حقوق الطفل/],
  [
    'SP',
    /special procedure|special rapporteur|working group on|independent expert|procedures speciales|rapporteur special|relator especial|procedimientos especiales|\bsr\b/,
  ],
];

/** 'UPR', 'CEDAW', ...; what the cell says itself where it names a body that is not among these. */
export function mechanismOf(cell: string): string {
  const text = fold(cell);
  return bodies.find(([, pattern]) => pattern.test(text))?.[0] ?? cell.trim();
}

/** Whether a cell names a body that is known. */
export function namesMechanism(cell: string): boolean {
  const text = fold(cell);
  return bodies.some(([, pattern]) => pattern.test(text));
}

/** The mechanism that published a document, from its symbol; '' where it does not say. */
export function mechanismOfSymbol(symbol: string): string {
  const series = /^([A-Z]+)(?:-[A-Z]+)?\//.exec(symbol)?.[1] ?? '';
  if (series === 'E' && symbol.startsWith('E/C.12/')) return 'CESCR';
  return bodies.some(([name]) => name === series) ? series : '';
}
