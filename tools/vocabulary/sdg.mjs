// The 17 goals and 169 targets and their titles in six languages, from the translations of Open SDG (MIT, notice
// in libs/vocabulary/LICENSE-open-sdg.txt).
import { languages, readReference, emit } from './sources.mjs';

/** Titles that are misspelt in the source. */
const misprints = { ru: { 8: 'Достойная работа и экономический рост' } };

const goals = {};
const targets = {};
for (const language of languages) {
  const file = language === 'zh' ? 'zh-Hans' : language;
  goals[language] = readTitles(readReference(`sdg/sdg_goals_${file}.yml`));
  targets[language] = readTitles(readReference(`sdg/sdg_targets_${file}.yml`));
}

const goalCodes = Object.keys(goals.en)
  .filter((key) => key.endsWith('-short'))
  .map((key) => key.replace('-short', ''))
  .sort(byNumber);
const targetCodes = Object.keys(targets.en)
  .filter((key) => key.endsWith('-title'))
  .map((key) => key.replace('-title', '').replace('-', '.'))
  .sort(byNumber);
if (goalCodes.length !== 17 || targetCodes.length !== 169) {
  throw new Error(`Expected 17 goals and 169 targets, found ${goalCodes.length} and ${targetCodes.length}`);
}
emit('sdg-codes.json', { goals: goalCodes, targets: targetCodes });

for (const language of languages) {
  const titles = {};
  for (const code of goalCodes) titles[code] = goals[language][`${code}-short`];
  for (const code of targetCodes) titles[code] = targets[language][`${code.replace('.', '-')}-title`];
  Object.assign(titles, misprints[language]);
  for (const [code, title] of Object.entries(titles)) {
    if (!title) throw new Error(`${language}: ${code} has no title`);
  }
  emit(`sdg-titles.${language}.json`, titles);
}

/** Flat YAML: `key: text`, the text folded over indented lines, quoted or not. */
function readTitles(yaml) {
  const titles = {};
  let key;
  for (const line of yaml.split(/\r?\n/)) {
    const entry = /^'?([\w-]+)'?:\s*(.*)$/.exec(line);
    if (entry) [, key] = entry;
    if (entry) titles[key] = entry[2];
    else if (line.trim() && key) titles[key] += ` ${line.trim()}`;
  }
  for (const [name, text] of Object.entries(titles)) titles[name] = tidy(unquote(text.trim()));
  return titles;
}

function unquote(text) {
  const single = /^'(.*)'$/.exec(text);
  if (single) return single[1].replaceAll("''", "'").trim();
  const double = /^"(.*)"$/.exec(text);
  if (double) return JSON.parse(text.replaceAll('\\ ', ' ')).trim();
  return text;
}

/** Single spaces, without the Arabic stretching sign (U+0640), which hinders search and is typography only. */
function tidy(text) {
  return text.replaceAll('\u0640', '').replace(/\s+/g, ' ').trim();
}

/** 2 before 10, and 1.5 before 1.a. */
function byNumber(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}
