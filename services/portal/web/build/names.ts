import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const own = 'virtual:names';

/**
 * The code lists of the vocabulary that pages show (States, themes, groups, goals, mechanisms), one JSON file a
 * language. `virtual:names` gives a function that fetches one: they are data, and a script would be slower to read.
 */
export function names(folder: string, locales: readonly string[]): Plugin {
  let building = false;
  return {
    name: 'followthrough-names',
    configResolved(config) {
      building = config.command === 'build';
    },
    resolveId: (id) => (id === own ? `\0${own}` : null),
    load(id) {
      if (id !== `\0${own}`) return null;
      const lists = locales.map((locale) => [locale, JSON.stringify(namesIn(folder, locale))] as const);
      const sources = lists.map(([locale, source]) => {
        if (!building) return `${locale}: async () => (${source})`;
        const file = this.emitFile({ type: 'asset', name: `names-${locale}.json`, source });
        return `${locale}: () => fetch(import.meta.ROLLUP_FILE_URL_${file}).then((answer) => answer.json())`;
      });
      return { code: `export default { ${sources.join(', ')} };`, moduleType: 'js' };
    },
  };
}

function namesIn(folder: string, locale: string) {
  const read = (list: string) => {
    const file = join(folder, `${list}.${locale}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  };
  // The wording of the 169 targets would be more than all the rest; pages show goals.
  const goals = Object.entries(read('sdg-titles')).filter(([code]) => /^\d+$/.test(code));
  return {
    states: read('state-names'),
    themes: read('theme-labels'),
    groups: read('group-labels'),
    goals: Object.fromEntries(goals),
    mechanisms: read('mechanism-labels'),
  };
}
