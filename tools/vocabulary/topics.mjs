// Themes and groups of persons: ids, labels in three languages, and the labels of the sources they stand for.
import { groupList } from './group-list.mjs';
import { themeList } from './theme-list.mjs';
import { emit } from './sources.mjs';

const schemes = { u: 'upr-info', 2: 'ohchr-cycle-2', 3: 'ohchr-cycle-3', 4: 'ohchr-cycle-4', h: 'uhri' };

const groups = rows(groupList).map(([id, en, fr, ar, labels]) => ({
  id,
  en,
  fr,
  ar,
  labels: readLabels(labels),
}));
const themes = rows(themeList).map(([id, en, fr, ar, persons, labels]) => ({
  id,
  en,
  fr,
  ar,
  groups: persons === '' ? [] : persons.split(' '),
  labels: readLabels(labels),
}));

const known = new Set(groups.map(({ id }) => id));
for (const theme of themes) {
  for (const id of theme.groups)
    if (!known.has(id)) throw new Error(`${theme.id} is about ${id}, which is no group`);
}

emit(
  'themes.json',
  themes.map(({ id, groups: persons, labels }) => ({ id, groups: persons, labels })),
);
emit(
  'groups.json',
  groups.map(({ id, labels }) => ({ id, labels })),
);
for (const language of ['en', 'fr', 'ar']) {
  emit(`theme-labels.${language}.json`, labelsIn(themes, language));
  emit(`group-labels.${language}.json`, labelsIn(groups, language));
}

function labelsIn(topics, language) {
  const labels = {};
  for (const topic of topics) {
    if (labels[topic.id] || !topic[language])
      throw new Error(`${topic.id}: doubled, or no label in ${language}`);
    labels[topic.id] = topic[language];
  }
  return labels;
}

function rows(list) {
  return list
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

function readLabels(cell) {
  return cell.split(' ~ ').map((entry) => {
    const [, mark, label] = /^(\w):(.+)$/.exec(entry) ?? [];
    if (!schemes[mark]) throw new Error(`No source is known for the label "${entry}"`);
    return { scheme: schemes[mark], label };
  });
}
