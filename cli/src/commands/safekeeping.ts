import { join, resolve } from 'node:path';
import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';

const ROOT = join(__dirname, '..', '..', '..');

/** `ft backup FILE` and `ft restore FILE`: at the databases themselves, with the settings that the start reads. */
export const safekeepingCommands: CommandDefinition = (program, { config, output }) => {
  program
    .command('backup')
    .argument('<FILE>', 'the file to write; it must not be there yet')
    .description('Save everything the services own, uploads included, while they run or not.')
    .option('--json', 'as JSON')
    .action((file: string, options: { json?: boolean }) => keep('backup', file, options));

  program
    .command('restore')
    .argument('<FILE>', 'a file that ft backup wrote')
    .description('Fill an empty installation from a backup; Followthrough must not be running.')
    .option('--json', 'as JSON')
    .action((file: string, options: { json?: boolean }) => keep('restore', file, options));

  async function keep(what: 'backup' | 'restore', name: string, options: { json?: boolean }): Promise<void> {
    // Loaded here: the services take a second to load, and a file must be inspected within two.
    const { backupPlatform, restorePlatform } = await import('@followthrough/host');
    const { DatabaseProblem, explainDatabaseError } = await import('@followthrough/database');
    const { ConfigError, readConfig } = await import('@followthrough/service-kit');
    const file = resolve(config.folder, name);
    const lines: string[] = [];
    const onTable = ({ database, name: table, rows }: { database: string; name: string; rows: number }) =>
      void lines.push(`${database}.${table}: ${rows} rows`);
    try {
      const settings = readConfig(process.env, ROOT);
      const manifest = await (what === 'backup' ? backupPlatform : restorePlatform)(settings, file, onTable);
      if (options.json) return await output.json(manifest);
    } catch (error) {
      if (error instanceof DatabaseProblem || error instanceof ConfigError)
        throw new CommandFailure(error.message);
      const sentence = explainDatabaseError(error);
      if (sentence) throw new CommandFailure(sentence);
      throw error;
    }
    for (const line of lines) await output.line(line);
    await output.line(
      what === 'backup' ? `Saved in ${file}.` : 'Restored; copies are rebuilt at the next start.',
    );
  }
};
