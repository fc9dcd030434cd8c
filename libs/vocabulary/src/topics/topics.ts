import groupLabelsAr from '../gen/group-labels.ar.json';
import groupLabelsEn from '../gen/group-labels.en.json';
import groupLabelsFr from '../gen/group-labels.fr.json';
import groups from '../gen/groups.json';
import themeLabelsAr from '../gen/theme-labels.ar.json';
import themeLabelsEn from '../gen/theme-labels.en.json';
import themeLabelsFr from '../gen/theme-labels.fr.json';
import themes from '../gen/themes.json';
import { topicKey } from './topic-key';

/** Where a label comes from: UPR Info's issues, the OHCHR matrix by cycle, the Universal Human Rights Index. */
export type LabelScheme = 'upr-info' | 'ohchr-cycle-2' | 'ohchr-cycle-3' | 'ohchr-cycle-4' | 'uhri';

/** A theme or group of persons: an id that stays, and what sources have called it. */
export interface Topic {
  id: string;
  labels: { scheme: LabelScheme; label: string }[];
}

type Labels = Record<string, string>;

const themeLabels: Record<string, Labels> = { en: themeLabelsEn, fr: themeLabelsFr, ar: themeLabelsAr };
const groupLabels: Record<string, Labels> = { en: groupLabelsEn, fr: groupLabelsFr, ar: groupLabelsAr };

/** Themes with the labels that sources have for them. */
export const knownThemes = themes as readonly (Topic & { groups: string[] })[];

/** Groups of persons with the labels that sources have for them. */
export const knownGroups = groups as readonly Topic[];

const themeIds = index(knownThemes, themeLabels);
const groupIds = index(knownGroups, groupLabels);
const groupsByTheme = new Map(knownThemes.map((theme) => [theme.id, theme.groups]));

/**
 * The theme that a source's label means: "Theme: A12 Acceptance of international norms", "- Right to education",
 * an id, or a label of ours in English, French or Arabic. Null where it is not known: keep the label then.
 */
export function resolveTheme(label: string): string | null {
  return themeIds.get(topicKey(label)) ?? null;
}

/** The group of persons that a source's label means ("girls": "women-and-girls"), null where it is not known. */
export function resolveGroup(label: string): string | null {
  return groupIds.get(topicKey(label)) ?? null;
}

/** Groups of persons that a theme is about ("womens-rights": "women-and-girls"); none for most. */
export function groupsOfTheme(theme: string): readonly string[] {
  return groupsByTheme.get(theme) ?? [];
}

/** What to show for a theme id in English, French or Arabic (English for other languages); a raw label as it is. */
export function themeLabel(theme: string, locale: string): string {
  return labelIn(themeLabels, theme, locale);
}

/** What to show for the id of a group of persons, like `themeLabel`. */
export function groupLabel(group: string, locale: string): string {
  return labelIn(groupLabels, group, locale);
}

function labelIn(labels: Record<string, Labels>, id: string, locale: string): string {
  const language = locale.toLowerCase().split(/[-_]/, 1)[0] ?? 'en';
  return labels[language]?.[id] ?? labels.en?.[id] ?? id;
}

function index(topics: readonly Topic[], labels: Record<string, Labels>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { id, labels: ofSources } of topics) {
    const own = Object.values(labels).map((inLanguage) => inLanguage[id] ?? id);
    for (const label of [id, ...own, ...ofSources.map((source) => source.label)])
      ids.set(topicKey(label), id);
  }
  return ids;
}
