import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Puts every `src/icons/NAME.svg` into the page as `<symbol id="i-NAME">`: drawn by `<Icon name>` with
 * `<use>`, so that a drawing costs no script and no further request.
 */
export function icons(folder: string): Plugin {
  return {
    name: 'followthrough-icons',
    transformIndexHtml(html) {
      return html.replace('<!-- icons -->', () => `<svg hidden aria-hidden="true">${symbols(folder)}</svg>`);
    },
  };
}

function symbols(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.svg'))
    .sort()
    .map((file) => {
      const drawing = readFileSync(join(folder, file), 'utf8').replace(/\s*\n\s*/g, '');
      return drawing
        .replace('<svg', `<symbol id="i-${file.slice(0, -4)}"`)
        .replace('</svg>', '</symbol>')
        .replace(/ xmlns="[^"]*"/, '');
    })
    .join('');
}
