import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { matchState } from '@followthrough/vocabulary';
import { Option, type Command } from 'commander';
import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';
import { Instance, type Query } from '../instance/instance';

const FORMATS = ['csv', 'xlsx', 'json'];

type ExportOptions = Record<string, string | string[] | undefined> & { format?: string; output?: string };

/** `ft export`: recommendations as a file that can be read back. */
export const exportCommand: CommandDefinition = (program, { config, output }) => {
  const command = program
    .command('export')
    .description('Write recommendations to a file, which can be edited and imported again.')
    .addOption(new Option('--format <F>', 'csv, xlsx or json; else by the name of the file').choices(FORMATS))
    .option('-o, --output <FILE>', 'where to; standard output if absent');
  for (const filter of filters) addFilter(command, filter);
  command
    .addHelpText(
      'after',
      `
Values of one option are alternatives, different options must all fit.

Examples:
  ft export -o all.xlsx
  ft export --state Slovenia --position noted --sdg 5 -o noted.csv`,
    )
    .action(async (options: ExportOptions) => {
      const target = options.output === undefined ? null : resolve(config.folder, options.output);
      const format = options.format ?? formatOf(target);
      if (format === 'xlsx' && !target && process.stdout.isTTY) {
        throw new CommandFailure('A workbook is not for the screen: name a file with -o.', 2);
      }
      const query = queryOf(options);
      const response = await new Instance(config).send('GET', '/api/recommendations/v1/export', {
        query: { ...query, format },
      });
      const content = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
      if (target) await writeWhole(content, target);
      else for await (const chunk of content) await output.write(chunk as Buffer);
    });
};

interface Filter {
  flag: string;
  key: string;
  help: string;
  states?: boolean;
}

const filters: Filter[] = [
  {
    flag: '--state <STATE...>',
    key: 'stateUnderReview',
    help: 'State under review, by name or ISO 3166 code',
    states: true,
  },
  { flag: '--from <STATE...>', key: 'recommendingState', help: 'recommending State', states: true },
  { flag: '--position <P...>', key: 'position', help: 'supported, noted, partly, pending, unclear or none' },
  { flag: '--theme <T...>', key: 'theme', help: 'theme, as the source writes it' },
  { flag: '--group <G...>', key: 'group', help: 'group of persons' },
  { flag: '--sdg <S...>', key: 'sdg', help: 'goal (5, with its targets) or target (16.2)' },
  { flag: '--mechanism <M...>', key: 'mechanism', help: 'UPR, CEDAW, ...' },
  { flag: '--cycle <N...>', key: 'cycle', help: 'cycle of the UPR' },
  { flag: '--session <N...>', key: 'session', help: 'session of the Working Group' },
  { flag: '--action-category <N...>', key: 'actionCategory', help: '1 to 5' },
  { flag: '--kind <K...>', key: 'kind', help: 'recommendation or pledge' },
  { flag: '--search <WORDS>', key: 'q', help: 'words that all occur' },
  { flag: '--lead-institution <I...>', key: 'leadInstitution', help: 'lead institution' },
  { flag: '--status <S...>', key: 'status', help: 'status' },
];

function addFilter(command: Command, { flag, help }: Filter): void {
  command.option(flag, help);
}

function queryOf(options: ExportOptions): Query {
  const query: Query = {};
  for (const { flag, key, states } of filters) {
    const value = options[new Option(flag).attributeName()];
    if (value === undefined) continue;
    query[key] = states ? [value].flat().map(codeOf) : value;
  }
  return query;
}

function codeOf(name: string): string {
  if (name === 'none') return name;
  const code = matchState(name, { demo: true })?.code ?? matchState(name.toUpperCase())?.code;
  if (code) return code;
  throw new CommandFailure(`"${name}" names no State that is known: use its name or ISO 3166 code.`, 2);
}

function formatOf(target: string | null): string {
  const ending = target ? extname(target).slice(1).toLowerCase() : 'csv';
  return FORMATS.includes(ending) ? ending : 'csv';
}

/** A file appears under its name only when all of it is there. */
async function writeWhole(content: Readable, target: string): Promise<void> {
  const unfinished = `${target}.part`;
  try {
    await pipeline(content, createWriteStream(unfinished));
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CommandFailure(`There is no folder for ${target}.`, 2);
    if (code === 'EACCES' || code === 'EISDIR') throw new CommandFailure(`${target} cannot be written.`, 2);
    throw new CommandFailure(`The export broke off (${message}): try again.`);
  }
}
