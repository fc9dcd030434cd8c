import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { catalogues } from './build/catalogues';
import { isBase } from './build/chunks';
import { firstFiles } from './build/first-files';
import { icons } from './build/icons';
import { names } from './build/names';
import { ourLanguages } from './build/our-languages';
import { precompress } from './build/precompress';
import { fixtures } from './dev/vite-fixtures';
import { locales } from './src/intl/locale';

/** Addresses a running instance answers itself. */
const instance = '^/(api|oidc|sign-in|sign-out|setup|password|unsubscribe)';
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * `vite` alone proxies `/api` and sign-in to a running instance on port 4000;
 * `vite --mode fixtures` answers them from `dev/`, with the invented State of Tamaria.
 */
export default defineConfig(({ mode, command }) => {
  // What is built is what people get, whatever the environment of the build (a test run, for one) is called.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    root: here('.'),
    plugins: [
      react(),
      catalogues(here('lang')),
      names(here('../../../libs/vocabulary/src/gen'), locales),
      icons(here('src/icons')),
      ourLanguages(locales),
      firstFiles(),
      precompress(here('dist')),
      mode === 'fixtures' && fixtures(),
    ],
    resolve: {
      alias: {
        // Catalogues are compiled at build time; the parser would be 7.5 kB for nothing.
        '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js',
        // React has had this hook itself since version 18; the stand-in for older ones is not needed.
        'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
        'use-sync-external-store/shim/index.js': 'react',
      },
    },
    server: {
      port: 4100,
      ...(mode === 'fixtures' ? {} : { proxy: { [instance]: 'http://127.0.0.1:4000' } }),
    },
    build: {
      outDir: 'dist',
      target: ['chrome123', 'firefox120', 'safari17.5'],
      // A page with `script-src 'self'` and Trusted Types takes no data: addresses for fonts or scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      manifest: true,
      rolldownOptions: {
        output: {
          codeSplitting: { groups: [{ name: 'base', test: isBase }] },
        },
      },
    },
  };
});
