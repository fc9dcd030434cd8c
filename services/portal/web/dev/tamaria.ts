import type { Position, Recommendation } from '../src/api/portal';

/** What was asked of the invented State of Tamaria: theme and the words of the record. */
const asked: [theme: string, lead: string, texts: string[]][] = [
  [
    'education',
    'Ministry of Education',
    [
      'Open a bridging class in every upland school so that children who left school can come back without losing a year.',
      'Pay rural teachers on the same day as teachers in the capital and publish the arrears by district.',
      'Offer the first three years of school in the language children speak at home.',
    ],
  ],
  [
    'health',
    'Ministry of Health',
    [
      'Bring maternal care within two hours of every village, including in the rainy season, with a budget line of its own.',
      'End the practice of keeping patients in hospital until their bills are paid, in consultation with civil society.',
      'Train and equip community midwives in the three northern districts.',
    ],
  ],
  [
    'water',
    'Ministry of Water and Housing',
    [
      'Bring safe water to informal settlements before any eviction is considered, with a budget line of its own.',
      'Publish land concessions, with maps, in the language of the people who live there.',
    ],
  ],
  [
    'administration-of-justice',
    'Ministry of Justice',
    [
      'Open all places of detention to regular, unannounced visits by an independent body.',
      'Register every birth free of charge through mobile teams and hospitals.',
      'Give every person who is arrested access to a lawyer from the first hour.',
    ],
  ],
  [
    'womens-rights',
    'Ministry of Labour',
    [
      'Repeal the provisions that let a marriage end an investigation into rape.',
      'Bring the share of women among judges and heads of department to parity by 2030.',
    ],
  ],
  [
    'juvenile-justice',
    'Ministry of Justice',
    ['Raise the age of criminal responsibility to at least fourteen years.'],
  ],
  [
    'disability-accessibility',
    'Ministry of Labour',
    ['Make polling stations, courts and district offices usable for persons with disabilities.'],
  ],
  ['migrants', 'Ministry of the Interior', ['End the detention of migrants’ children in all circumstances.']],
  [
    'assembly-and-association',
    'Ministry of Justice',
    ['Bring the law on associations into line with the right to peaceful assembly.'],
  ],
];

export const french = [
  'Ratifier le Protocole facultatif se rapportant à la Convention contre la torture et créer un mécanisme national de prévention.',
  'Garantir l’accès gratuit à l’école primaire dans toutes les régions, y compris pour les enfants déplacés.',
];
const arabic = [
  'إيصال المياه المأمونة إلى الأحياء غير النظامية قبل النظر في أي إخلاء، مع بند خاص في الميزانية.',
  'ضمان وصول النساء في المناطق الريفية إلى خدمات الصحة الإنجابية دون تمييز.',
];

const recommendingStates =
  'LBN RWA ROU GTM MOZ NZL TUN EGY CHE ZMB LIE TUR MUS AUS ESP PRT NGA IDN MEX CAN DEU FRA BRA JPN KEN'.split(
    ' ',
  );
const positions: Position[] = [
  'supported',
  'supported',
  'supported',
  'noted',
  'supported',
  'partly',
  'noted',
];
const groupsOf: Record<string, string[]> = {
  'womens-rights': ['women-and-girls'],
  'juvenile-justice': ['children'],
  education: ['children'],
  'disability-accessibility': ['persons-with-disabilities'],
  migrants: ['migrants', 'children'],
};
const goalsOf: Record<string, string[]> = {
  education: ['4'],
  health: ['3'],
  water: ['6', '11'],
  'administration-of-justice': ['16', '16.3'],
  'womens-rights': ['5'],
  'juvenile-justice': ['16'],
  'disability-accessibility': ['10'],
  migrants: ['10'],
  'assembly-and-association': ['16'],
};

/** One leading institution per theme, for the internal fields. */
export const leadOf = new Map(asked.map(([theme, lead]) => [theme, lead]));

/** 248 recommendations, the same at every start. */
export function tamarianRecommendations(): Recommendation[] {
  return Array.from({ length: 248 }, (_, index) => recommendation(index));
}

function recommendation(index: number): Recommendation {
  const [theme, , texts] = asked[index % asked.length] ?? ['education', '', ['']];
  const language = index % 23 === 7 ? 'fr' : index % 29 === 11 ? 'ar' : 'en';
  const own = language === 'fr' ? french : language === 'ar' ? arabic : texts;
  const count = 1 + ((index * 7) % 4);
  const from = Array.from({ length: count }, (_, n) => recommendingStates[(index * 5 + n * 3) % 25] ?? 'ESP');
  return {
    id: `0199c000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`,
    kind: 'recommendation',
    mechanism: 'UPR',
    stateUnderReview: 'XTM',
    cycle: 4,
    session: 52,
    symbol: 'A/HRC/62/11',
    paragraph: `118.${index + 1}`,
    text: own[Math.floor(index / asked.length) % own.length] ?? '',
    language,
    recommendingStates: [...new Set(from)],
    position: positions[(index * 3) % 7] ?? 'supported',
    actionCategory: 1 + ((index * 11) % 5),
    themes: [theme],
    groups: groupsOf[theme] ?? [],
    sdgs: goalsOf[theme] ?? [],
    reviewDate: '2026-05-04',
    demo: true,
    sources: ['ohchr-matrix'],
  };
}
