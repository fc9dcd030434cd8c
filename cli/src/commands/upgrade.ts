import { join } from 'node:path';
import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';
import { table } from '../table';

const ROOT = join(__dirname, '..', '..', '..');
const words = { good: 'good', note: 'note', hinders: 'NO', unknown: '?' };

/** `ft upgrade --check`: at the servers themselves, with the settings that the start reads. */
export const upgradeCommand: CommandDefinition = (program, { output }) => {
  program
    .command('upgrade')
    .description(
      'Say whether this release can take over the data that is there; the start then does it by itself.',
    )
    .requiredOption('--check', 'look only: nothing is changed')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nEnds with 0: it can; 1: not before something is done; 2: something could not be seen.',
    )
    .action(async (options: { json?: boolean }) => {
      // Loaded here: the services take a second to load, and a file must be inspected within two.
      const { checkUpgrade } = await import('@followthrough/host');
      const { ConfigError, readConfig } = await import('@followthrough/service-kit');
      let config;
      try {
        config = readConfig(process.env, ROOT);
      } catch (error) {
        if (error instanceof ConfigError) throw new CommandFailure(error.message, 2);
        throw error;
      }
      const check = await checkUpgrade(config);
      if (options.json) await output.json(check);
      else {
        const rows = check.findings.map(({ about, level, sentence }) => [words[level], about, sentence]);
        await output.write(table(['', 'What', 'Found'], rows));
      }
      switch (check.canTakeOver) {
        case 'yes':
          if (!options.json) await output.line(`Followthrough ${check.version} can take over what is there.`);
          return;
        case 'no':
          throw new CommandFailure(
            `Followthrough ${check.version} cannot take over yet: see to what says NO.`,
          );
        case 'unknown':
          throw new CommandFailure('Not everything could be seen: see to what says ?, then check again.', 2);
      }
    });
};
