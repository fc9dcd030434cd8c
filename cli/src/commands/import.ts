import { matchState } from '@followthrough/vocabulary';
import type { DocumentFacts } from '@followthrough/recommendations/formats';
import { agreed, someoneIsThere } from '../ask';
import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';
import { previewLines, resultLine } from '../import-summary';
import { inputFile, templateOf } from '../input-file';
import { Imports, type ImportView } from '../instance/imports';
import { Instance } from '../instance/instance';
import { ProgressBar } from '../progress';

interface ImportOptions {
  dryRun?: boolean;
  announce?: boolean;
  template?: string;
  state?: string;
  yes?: boolean;
  json?: boolean;
}

/** `ft import FILE`: brings a file into a running instance. */
export const importCommand: CommandDefinition = (program, { config, output }) => {
  program
    .command('import')
    .argument('<FILE>', 'the file to import')
    .description('Bring a file of recommendations into a running instance.')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--announce', 'tell the followers; without it nobody is told, unless you are asked and say so')
    .option('--no-announce', 'tell nobody')
    .option('--template <T>', 'mapping template of a spreadsheet: its id, or a JSON file')
    .option('--state <STATE>', 'State under review, where the file does not name it')
    .option('-y, --yes', 'apply without asking')
    .option('--json', 'print the import as JSON')
    .action(async (named: string, options: ImportOptions) => {
      const file = await inputFile(named, config);
      const template =
        options.template === undefined ? undefined : await templateOf(options.template, config);
      const imports = new Imports(new Instance(config));
      const progress = new ProgressBar();
      const begun = await imports.begin(file, template, documentOf(options), progress);
      const read = await imports.settled(begun, ['ready', 'needs-mapping', 'failed'], 'Reading', progress);
      await refuseUnread(read, imports);
      const watched = someoneIsThere() && !options.json;
      if (!options.json) await output.write(`${previewLines(read).join('\n')}\n`);
      if (options.dryRun) {
        await imports.discard(read.id);
        return options.json ? output.json(read) : output.line('Nothing was changed (--dry-run).');
      }
      if (watched && !options.yes && !(await agreed('Apply it?', true))) {
        await imports.discard(read.id);
        return output.line('Nothing was changed.');
      }
      const announce =
        options.announce ??
        (watched && !options.yes && (await agreed('Tell the followers?', read.announceDefault)));
      const applying = await imports.apply(read.id, announce);
      const applied = await imports.settled(applying, ['applied', 'failed'], 'Applying', progress);
      if (applied.state === 'failed') throw failed(applied);
      if (options.json) return output.json(applied);
      await output.line(resultLine(applied));
      return output.line(`To take it back: ft imports undo ${applied.id}`);
    });
};

function documentOf({ state }: ImportOptions): Partial<DocumentFacts> {
  if (state === undefined) return {};
  const code = matchState(state, { demo: true })?.code;
  if (!code)
    throw new CommandFailure(`"${state}" names no State that is known: use its name or ISO 3166 code.`, 2);
  return { stateUnderReview: code };
}

async function refuseUnread(read: ImportView, imports: Imports): Promise<void> {
  if (read.state === 'failed') throw failed(read);
  if (read.state !== 'needs-mapping') return;
  await imports.discard(read.id);
  const state = read.missing.includes('stateUnderReview') ? ' or --state' : '';
  throw new CommandFailure(
    `The file does not say its ${read.missing.map(words).join(' and ')}: name the columns with --template${state}, or match them on the page /import.`,
    2,
  );
}

function failed({ error }: ImportView): CommandFailure {
  return new CommandFailure(error ? `${error.reason} ${error.cure}` : 'The import failed.', 2);
}

function words(field: string): string {
  return field === 'stateUnderReview' ? 'State under review' : field;
}
