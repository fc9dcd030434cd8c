import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

/** A compiled message: plain text as it stands, anything with an argument as the parsed form. */
export type CompiledMessage = string | MessageFormatElement[];

/**
 * A catalogue travels in parts: what every page says, the page of one recommendation, the pages of following by mail,
 * the other public pages, the pages behind sign-in.
 */
export const parts = ['public', 'one', 'follow', 'pages', 'work'] as const;
export type Part = (typeof parts)[number];

/** The first word of an id says where it is used; what is not listed here every page may say. */
const ofOne = /^(one|internal|status|at|format)\b|^position\.\w+\.note$/;
const ofFollow = /^(follow|confirm)\b/;
const ofPages = /^(overview|from|welcome|plot|total)\b/;

export function partOf(id: string): Part {
  if (id.startsWith('work.')) return 'work';
  if (ofOne.test(id)) return 'one';
  if (ofFollow.test(id)) return 'follow';
  return ofPages.test(id) ? 'pages' : 'public';
}

/** Compiles one part of a catalogue (`id -> ICU message`) for `formatMessage` without a parser in the browser. */
export function compileCatalogue(
  catalogue: Record<string, string>,
  part: Part,
): Record<string, CompiledMessage> {
  const wanted = Object.entries(catalogue).filter(([id]) => partOf(id) === part);
  return Object.fromEntries(wanted.map(([id, text]) => [id, compileMessage(id, text)]));
}

function compileMessage(id: string, text: string): CompiledMessage {
  try {
    const parsed = parse(text, { captureLocation: false });
    const only = parsed[0];
    return parsed.length === 1 && only?.type === TYPE.literal ? only.value : parsed;
  } catch (error) {
    throw new Error(`Message ${id} cannot be read: ${(error as Error).message} in "${text}"`);
  }
}

const address = /^virtual:catalogue\/(\w+)\/(public|one|follow|pages|work)$/;

/** `import x from 'virtual:catalogue/fr/public'` gives that part of `lang/fr.json`, compiled. */
export function catalogues(folder: string): Plugin {
  return {
    name: 'followthrough-catalogues',
    resolveId: (id) => (address.test(id) ? `\0${id}` : null),
    async load(id) {
      const match = address.exec(id.replace('\0', ''));
      if (!match?.[1]) return null;
      const file = join(folder, `${match[1]}.json`);
      this.addWatchFile(file);
      const catalogue = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
      const compiled = compileCatalogue(catalogue, match[2] as Part);
      return { code: `export default ${JSON.stringify(compiled)}`, moduleType: 'js' };
    },
  };
}
