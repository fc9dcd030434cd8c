// States: codes, regional groups, names and other names in the six languages, and names of the past. Codes and base
// names come from i18n-iso-countries (MIT), UN short and formal names and M49 names from the UN's tables, the rest
// from the lists kept here by hand.
import { parse } from 'csv-parse/sync';
import countries from 'i18n-iso-countries';
import { createRequire } from 'node:module';
import { codesByName, corrections, groupIds, otherNames, others } from './state-facts.mjs';
import { history } from './state-history.mjs';
import { abbreviations, variants } from './state-variants.mjs';
import { languages, readReference, emit } from './sources.mjs';

const require = createRequire(import.meta.url);
for (const language of languages)
  countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`));

const languageNames = {
  en: 'English',
  fr: 'French',
  es: 'Spanish',
  ru: 'Russian',
  ar: 'Arabic',
  zh: 'Chinese',
};
const rows = (path) => parse(readReference(path), { bom: true, columns: true, relax_column_count: true });

const short = {};
const formal = {};
const listed = [];
for (const row of rows('memberships/un-member-names-6-languages.csv')) {
  if (!row['French short']) continue;
  const english = plain(row['English short']);
  const code = codesByName[english] ?? countries.getAlpha3Code(english, 'en');
  if (!code) throw new Error(`No code is known for ${english}`);
  listed.push({
    code,
    observer: / \*$/.test(row['English short']),
    agency: /\*\*$/.test(row['English short']),
  });
  short[code] = byLanguage(
    (language) => corrections[code]?.[language] ?? plain(row[`${languageNames[language]} short`]),
  );
  formal[code] = byLanguage((language) => withoutArticle(plain(row[`${languageNames[language]} formal`])));
}
Object.assign(short, otherNames);

const groups = readGroups();
const states = listed
  .filter(({ agency }) => !agency)
  .map(({ code, observer }) => ({
    code,
    iso2: countries.alpha3ToAlpha2(code),
    m49: countries.alpha3ToNumeric(code),
    group: observer ? null : groups.get(code),
    status: observer ? 'observer' : 'member',
  }));
for (const state of states) {
  if (state.group === undefined) throw new Error(`${state.code} has no regional group`);
}
if (states.filter(({ status }) => status === 'member').length !== 193)
  throw new Error('There are 193 members');
states.push(...others.map((other) => ({ ...other, group: null })));
states.sort((a, b) => (a.code < b.code ? -1 : 1));
emit('states.json', states);

for (const language of languages) {
  const names = Object.fromEntries(states.map(({ code }) => [code, short[code][language]]));
  for (const [code, name] of Object.entries(names))
    if (!name) throw new Error(`${code} has no name in ${language}`);
  emit(`state-names.${language}.json`, names);
}
emit(
  'state-history.json',
  history.map(({ code, from, to, names }) => ({ code, from, to, names: { ...short[code], ...names } })),
);
emit('state-aliases.json', aliases());

/** Other names of each State by kind, each once. */
function aliases() {
  const m49 = Object.fromEntries(languages.map((language) => [language, m49Names(language)]));
  const named = states.filter(({ status }) => status !== 'demo');
  return Object.fromEntries(
    named.map(({ code, iso2 }) => {
      const formals = Object.values(formal[code] ?? {});
      const abbreviated = (abbreviations[code] ?? []).map(withoutLanguage);
      const listedElsewhere = languages.flatMap((language) => [
        ...(countries.getNames(language, { select: 'all' })[iso2] ?? []),
        ...(m49[language].get(code) ?? []),
      ]);
      const past = history
        .filter((former) => former.code === code)
        .flatMap(({ names }) => Object.values(names));
      const variant = [
        ...(variants[code] ?? []).map(withoutLanguage),
        ...without(listedElsewhere.map(plain), [...past, ...shortNamesOfOthers(code)]),
      ];
      const official = Object.values(short[code]);
      return [
        code,
        {
          formal: without(formals, official),
          variant: without(variant, [...official, ...formals, ...abbreviated]),
          abbreviation: without(abbreviated, []),
        },
      ];
    }),
  );
}

/** Some lists call two States by one name ("Congo"): it stays with the one that has it at the United Nations. */
function shortNamesOfOthers(code) {
  return Object.entries(short).flatMap(([other, names]) => (other === code ? [] : Object.values(names)));
}

function without(names, unwanted) {
  return [...new Set(names)].filter((name) => name !== '' && !unwanted.includes(name));
}

function m49Names(language) {
  const file = language === 'zh' ? 'cn' : language;
  return new Map(
    rows(`countries/UNSD-${file}.csv`).map((row) => [row['ISO-alpha3 Code'], [row['Country or Area']]]),
  );
}

function readGroups() {
  const found = new Map();
  for (const { state, regional_group: group } of rows(
    'countries/upr-info-2015-regional-groups-and-organisations.csv',
  )) {
    const name = state.replaceAll('&', 'and').replace(/^St /, 'Saint ');
    const code = codesByName[name] ?? countries.getAlpha3Code(name, 'en') ?? codeInLists(state);
    if (code && groupIds[group]) found.set(code, groupIds[group]);
  }
  return found;
}

function codeInLists(name) {
  for (const list of [abbreviations, variants]) {
    for (const [code, names] of Object.entries(list)) if (names.includes(name)) return code;
  }
  return history.find(({ names }) => names.en === name)?.code;
}

function byLanguage(nameIn) {
  return Object.fromEntries(languages.map((language) => [language, nameIn(language)]));
}

/** Without the article that UNTERM adds in brackets, and without footnote marks. */
function plain(name) {
  return name
    .replace(/\s*\*+$/, '')
    .replace(/\s*\((?:the|l['’]|le|la|les|el|los|las)\)$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A formal name without the article it begins with ("the Republic of Slovenia"). */
function withoutArticle(name) {
  return name.replace(/^(?:l['’]|(?:the|le|la|les|el|los|las)\s)(?=\p{Lu})/u, '');
}

function withoutLanguage(name) {
  return name.replace(/:[a-z]{2}$/, '');
}
