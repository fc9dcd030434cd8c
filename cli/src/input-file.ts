import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { chunksOf, sizeOf } from '@followthrough/imports/files';
import type { MappingTemplate } from '@followthrough/recommendations/formats';
import type { CliConfig } from './config';
import { CommandFailure } from './failure';

export interface InputFile {
  path: string;
  name: string;
  bytes: number;
}

/** The file that a person named, from where that person stands. Throws `UnreadableFile` where there is none. */
export async function inputFile(named: string, config: CliConfig): Promise<InputFile> {
  const path = resolve(config.folder, named);
  return { path, name: basename(path), bytes: await sizeOf({ path }) };
}

/** SHA-256 of a file in lower-case hex, read in pieces. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf({ path })) hash.update(chunk);
  return hash.digest('hex');
}

/** A mapping template from a JSON file, or else an id; the parser says whether there is such a template. */
export async function templateOf(named: string, config: CliConfig): Promise<string | MappingTemplate> {
  let text: string;
  try {
    text = await readFile(resolve(config.folder, named), 'utf8');
  } catch {
    return named;
  }
  try {
    return JSON.parse(text) as MappingTemplate;
  } catch (error) {
    throw new CommandFailure(`${named} is no mapping template: ${(error as Error).message}.`, 2);
  }
}
