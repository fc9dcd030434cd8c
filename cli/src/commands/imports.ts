import { InvalidArgumentError } from 'commander';
import { agreed, someoneIsThere } from '../ask';
import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';
import { previewLines, resultLine } from '../import-summary';
import { place } from '../inspection-summary';
import { Imports, type ImportView, type Reject } from '../instance/imports';
import { Instance } from '../instance/instance';
import { ProgressBar } from '../progress';
import { table } from '../table';

/** `ft imports list|show|undo`: what was imported, and taking it back. */
export const importsCommand: CommandDefinition = (program, { config, output }) => {
  const group = program.command('imports').description('Look at imports, and take them back.');
  const imports = new Imports(new Instance(config));

  group
    .command('list')
    .description('Imports, the latest first.')
    .option('--page <N>', 'page of 50', page, 1)
    .option('--json', 'as JSON')
    .action(async (options: { page: number; json?: boolean }) => {
      const found = await imports.list(options.page);
      if (options.json) return output.json(found);
      if (found.total === 0) return output.line('Nothing has been imported yet.');
      await output.write(table(['Id', 'When', 'State', 'Rows', 'File'], found.imports.map(listed)));
      if (found.total > found.imports.length)
        output.remark(`${found.total} in all; the next: --page ${options.page + 1}`);
    });

  group
    .command('show')
    .argument('<ID>', 'id of an import')
    .description('One import: what its file holds and what it did.')
    .option('--rejects', 'the rejected rows with reasons')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { rejects?: boolean; json?: boolean }) => {
      const imported = await imports.find(id);
      const rejects = options.rejects ? await allRejects(imports, id) : null;
      if (options.json) return output.json(rejects ? { ...imported, rejects } : imported);
      await output.line(`Import ${imported.id}, ${imported.state}`);
      for (const line of previewLines(imported)) await output.line(line);
      if (imported.error) await output.line(`${imported.error.reason} ${imported.error.cure}`);
      if (imported.result) await output.line(`Done: ${resultLine(imported)}`);
      for (const { at, reason, cure } of rejects ?? []) await output.line(`${place(at)}: ${reason} ${cure}`);
    });

  group
    .command('undo')
    .argument('<ID>', 'id of an import')
    .description('Take back everything that an import brought. What persons have edited since stays.')
    .option('-y, --yes', 'without asking')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { yes?: boolean; json?: boolean }) => {
      if (someoneIsThere() && !options.yes && !(await agreed(`Take import ${id} back?`, false))) {
        return output.line('Nothing was changed.');
      }
      const progress = new ProgressBar();
      const undone = await imports.settled(
        await imports.undo(id),
        ['undone', 'failed'],
        'Taking back',
        progress,
      );
      if (undone.state === 'failed')
        throw new CommandFailure(
          `${undone.error?.reason ?? 'It failed.'} ${undone.error?.cure ?? ''}`.trim(),
        );
      return options.json ? output.json(undone) : output.line(`Taken back: ${resultLine(undone)}`);
    });
};

function page(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A page is a number from 1.');
  return Number(text);
}

function listed({ id, createdAt, state, counts, fileName }: ImportView): string[] {
  const rows = (counts.recommendations ?? 0) + (counts.pledges ?? 0);
  return [id, createdAt.slice(0, 16).replace('T', ' '), state, rows.toLocaleString('en'), fileName];
}

async function allRejects(imports: Imports, id: string): Promise<Reject[]> {
  const all: Reject[] = [];
  for (let number = 1; ; number += 1) {
    const { total, rejects } = await imports.rejects(id, number);
    all.push(...rejects);
    if (rejects.length === 0 || all.length >= total) return all;
  }
}
