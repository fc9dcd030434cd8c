import type { Plugin } from 'vite';

const strings = /\/react-(?:aria|stately|aria-components)\/.*\/intl\/.*\/([a-z]{2})-[A-Z]{2}\.m?js$/;

/**
 * React Aria brings its words in 34 languages. Those we do not speak become empty, and its look-up then takes
 * English; the own plugin of React Aria would be one more dependency for these lines.
 */
export function ourLanguages(languages: readonly string[]): Plugin {
  return {
    name: 'followthrough-our-languages',
    enforce: 'pre',
    load(id) {
      const language = strings.exec(id.split('?')[0] ?? '')?.[1];
      return language && !languages.includes(language) ? 'export default {};' : null;
    },
  };
}
