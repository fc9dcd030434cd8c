import type { OutputBundle, OutputChunk } from 'rolldown';
import type { Plugin } from 'vite';

/**
 * What a first visit needs beyond the entry: the page's own chunk, the reader's catalogue, names and fonts.
 * `public/start.js` reads the list from `<meta name="first-files">` and preloads what fits address and language,
 * because the entry would ask for them only after it has run.
 */
export function firstFiles(): Plugin {
  return {
    name: 'followthrough-first-files',
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const bundle = context.bundle;
        const files = bundle ? listFirstFiles(bundle) : {};
        return [
          {
            tag: 'meta',
            attrs: { name: 'first-files', content: JSON.stringify(files) },
            injectTo: 'head-prepend',
          },
        ];
      },
    },
  };
}

/** Keys: `page:NAME`, `public:LOCALE` and the other parts of a catalogue, `names:LOCALE`, `font:NAME`; values: addresses from the root. */
export function listFirstFiles(bundle: OutputBundle): Record<string, string> {
  const found: Record<string, string> = {};
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk') {
      const key = keyOfChunk(file);
      if (key) found[key] = `/${file.fileName}`;
    } else {
      const font = /(source-sans-3-latin-wght|source-serif-4-latin-600|vazirmatn-arabic-wght)/.exec(
        file.fileName,
      );
      if (font?.[1]) found[`font:${font[1]}`] = `/${file.fileName}`;
      const names = /names-(\w\w)-/.exec(file.fileName);
      if (names?.[1]) found[`names:${names[1]}`] = `/${file.fileName}`;
    }
  }
  return found;
}

function keyOfChunk(chunk: OutputChunk): string | null {
  const from = chunk.facadeModuleId ?? '';
  const catalogue = /virtual:catalogue\/(\w+)\/(public|one|follow|pages)$/.exec(from);
  if (catalogue) return `${catalogue[2]}:${catalogue[1]}`;
  const page = /src\/pages\/(recommendations|recommendation|overview|from|follow)\/index\.tsx$/.exec(from);
  return page?.[1] ? `page:${page[1]}` : null;
}
