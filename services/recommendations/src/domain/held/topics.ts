import { groupsOfTheme, resolveGroup, resolveTheme } from '@followthrough/vocabulary';

/** A file has some fifty labels and a hundred thousand rows. */
function remembering(resolve: (label: string) => string | null): (label: string) => string {
  const known = new Map<string, string>();
  return (label) => {
    const found = known.get(label);
    if (found !== undefined) return found;
    const id = resolve(label) ?? label;
    if (known.size < 10_000) known.set(label, id);
    return id;
  };
}

const themeOf = remembering(resolveTheme);
const groupOf = remembering(resolveGroup);
const distinct = (ids: string[]): string[] => (ids.length < 2 ? ids : [...new Set(ids)]);

/** Labels of any source as ids of the vocabulary; a label that it does not know stays as it is. */
export const themeIds = (labels: readonly string[]): string[] => distinct(labels.map(themeOf));
export const groupIds = (labels: readonly string[]): string[] => distinct(labels.map(groupOf));

/** Groups of persons that themes are about by their definition ("Rights of the child"), where no source names any. */
export const groupsIn = (themes: readonly string[]): string[] =>
  distinct(themes.flatMap((theme) => [...groupsOfTheme(theme)]));
