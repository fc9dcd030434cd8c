// What no list holds or what a list has wrong about States, and who there is besides members and observers.

/** UN short names that are missing or misprinted in the table of names. */
export const corrections = {
  GBR: { ru: 'Соединенное Королевство Великобритании и Северной Ирландии' },
};

/** English names of the table of names that i18n-iso-countries does not know. */
export const codesByName = {
  'Bolivia (Plurinational State of)': 'BOL',
  'Cabo Verde': 'CPV',
  "Democratic People's Republic of Korea": 'PRK',
  'Holy See': 'VAT',
  'Iran (Islamic Republic of)': 'IRN',
  'Micronesia (Federated States of)': 'FSM',
  'Republic of Moldova': 'MDA',
  'United Kingdom of Great Britain and Northern Ireland': 'GBR',
  'Venezuela (Bolivarian Republic of)': 'VEN',
  'Viet Nam': 'VNM',
};

/**
 * Neither members nor observer States, yet found in documents: treaty bodies review the Cook Islands, Niue, the two
 * special administrative regions and the European Union.
 */
export const others = [
  { code: 'COK', iso2: 'CK', m49: '184', status: 'other' },
  { code: 'NIU', iso2: 'NU', m49: '570', status: 'other' },
  { code: 'HKG', iso2: 'HK', m49: '344', status: 'other' },
  { code: 'MAC', iso2: 'MO', m49: '446', status: 'other' },
  { code: 'XKX', iso2: 'XK', m49: '', status: 'other' },
  { code: 'EUE', iso2: 'EU', m49: '', status: 'organisation' },
  { code: 'XTM', iso2: '', m49: '', status: 'demo' },
];

/** Names of those that are not in the table of names. */
export const otherNames = {
  HKG: {
    en: 'China, Hong Kong SAR',
    fr: 'Chine, RAS de Hong Kong',
    es: 'China, RAE de Hong Kong',
    ru: 'Китай, САР Гонконг',
    ar: 'الصين، منطقة هونغ كونغ الإدارية الخاصة',
    zh: '中国香港特别行政区',
  },
  MAC: {
    en: 'China, Macao SAR',
    fr: 'Chine, RAS de Macao',
    es: 'China, RAE de Macao',
    ru: 'Китай, САР Макао',
    ar: 'الصين، منطقة ماكاو الإدارية الخاصة',
    zh: '中国澳门特别行政区',
  },
  XKX: {
    en: 'Kosovo (UNSCR 1244)',
    fr: 'Kosovo (résolution 1244)',
    es: 'Kosovo (resolución 1244)',
    ru: 'Косово (резолюция 1244)',
    ar: 'كوسوفو (القرار 1244)',
    zh: '科索沃(第1244号决议)',
  },
  EUE: {
    en: 'European Union',
    fr: 'Union européenne',
    es: 'Unión Europea',
    ru: 'Европейский союз',
    ar: 'الاتحاد الأوروبي',
    zh: '欧洲联盟',
  },
  XTM: { en: 'Tamaria', fr: 'Tamarie', es: 'Tamaria', ru: 'Тамария', ar: 'تاماريا', zh: '塔马里亚' },
};

/** Regional groups of UPR Info's list by our ids. Observers belong to none. */
export const groupIds = {
  Africa: 'african',
  Asia: 'asia-pacific',
  EEG: 'eeg',
  GRULAC: 'grulac',
  WEOG: 'weog',
};
