import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@followthrough/testing';
import { parse } from 'csv-parse/sync';
import { topicKey } from './topic-key';
import {
  groupLabel,
  groupsOfTheme,
  knownGroups,
  knownThemes,
  resolveGroup,
  resolveTheme,
  themeLabel,
} from './topics';

describe('themes', () => {
  it.each([
    ['Theme: A12 Acceptance of international norms', 'international-instruments'],
    ['International instruments', 'international-instruments'],
    ['- Ratification of & accession to international instruments', 'international-instruments'],
    ['E51 Right to education - General', 'education'],
    ['RIGHT TO EDUCATION', 'education'],
    ['Budget &resources (for human rights implementation)', 'budget'],
    ['Droit à l’éducation', 'education'],
    ['الحق في التعليم', 'education'],
    ['education', 'education'],
    ['Women&#39;s rights', 'womens-rights'],
    ['General', 'general'],
    ['Rights of trees', null],
    ['', null],
  ])('%s', (label, id) => {
    expect(resolveTheme(label)).toBe(id);
  });

  it('may be about groups of persons', () => {
    expect(groupsOfTheme('womens-rights')).toEqual(['women-and-girls']);
    expect(groupsOfTheme('environment')).toEqual([]);
  });

  it('are shown in the language of the reader, raw labels as they are', () => {
    expect(themeLabel('education', 'fr-CA')).toBe("Droit à l'éducation");
    expect(themeLabel('education', 'pt')).toBe('Right to education');
    expect(themeLabel('Rights of trees', 'ar')).toBe('Rights of trees');
  });
});

describe('groups of persons', () => {
  it.each([
    ['girls', 'women-and-girls'],
    ['- Women & girls', 'women-and-girls'],
    ['youth', 'youth'],
    ['Youth & juveniles', 'youth'],
    ['older persons', 'older-persons'],
    ['- lesbian, gay, bisexual, transgender and intersex persons (LGBTI)', 'lgbti'],
    ['- general', 'general'],
    ['Persons with pets', null],
  ])('%s', (label, id) => {
    expect(resolveGroup(label)).toBe(id);
  });

  it('have a label', () => {
    expect(groupLabel('older-persons', 'ar')).toBe('كبار السن');
  });
});

it.each([
  ['themes', knownThemes],
  ['groups', knownGroups],
] as const)('no label stands for two %s', (_kind, topics) => {
  const owners = new Map<string, Set<string>>();
  for (const { id, labels } of topics) {
    for (const { label } of labels)
      owners.set(topicKey(label), (owners.get(topicKey(label)) ?? new Set()).add(id));
  }
  for (const [key, ids] of owners) expect([key, ...ids]).toHaveLength(2);
});

const reference = sharedData('reference/themes');
const slovenia = sharedData('upr/slovenia');

function rowsOf(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { bom: true, columns: true });
}

(reference ? describe : describe.skip)('labels of the real exports', () => {
  it('of UPR Info are all known, one theme each', () => {
    const issues = rowsOf(join(reference ?? '', 'upr-info-issues-2015.csv')).map(({ issue }) => issue ?? '');
    expect(issues).toHaveLength(54);
    expect(issues.filter((issue) => resolveTheme(issue) === null)).toEqual([]);
    expect(new Set(issues.map(resolveTheme)).size).toBe(54);
  });

  it.each(['ohchr-matrix-cycle3-labels.csv', 'ohchr-matrix-cycle4-labels.csv'])(
    'of %s are all known',
    (file) => {
      const rows = rowsOf(join(reference ?? '', file));
      const themes = rows.filter(({ kind }) => kind === 'theme').map(({ label }) => label ?? '');
      const groups = rows.filter(({ kind }) => kind === 'group').map(({ label }) => label ?? '');
      expect(themes.filter((label) => resolveTheme(label) === null)).toEqual([]);
      expect(new Set(themes.map(resolveTheme)).size).toBe(themes.length);
      expect(groups.filter((label) => resolveGroup(label) === null)).toEqual([]);
    },
  );
});

(slovenia ? it : it.skip)('the coded labels of a cycle 2 matrix are all known', () => {
  const rows = rowsOf(join(slovenia ?? '', 'matrix-cycle2-flattened.csv'));
  const [themes, groups] = [new Set<string>(), new Set<string>()];
  for (const { themes_and_groups: cell = '' } of rows) {
    const [before = '', after = ''] = cell.split('Affected persons:');
    for (const line of before.split('\n')) if (line.trim()) themes.add(line.trim());
    for (const line of after.split('\n')) if (line.trim()) groups.add(line.trim());
  }
  expect(themes.size).toBeGreaterThan(50);
  expect([...themes].filter((label) => resolveTheme(label) === null)).toEqual([]);
  expect(new Set([...themes].map(resolveTheme)).size).toBe(themes.size);
  expect([...groups].filter((label) => resolveGroup(label) === null)).toEqual([]);
});
