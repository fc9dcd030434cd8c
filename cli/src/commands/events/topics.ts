import { join } from 'node:path';
import type { Command } from 'commander';
import { CommandFailure } from '../../failure';
import type { Output } from '../../output';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** `ft events topics apply`: at Kafka itself, with the settings that the services read. */
export function topicsCommand(group: Command, output: Output): void {
  group
    .command('topics')
    .description('The topics of Kafka.')
    .command('apply')
    .description('Make the topics that are missing and set the retention and safety of the others.')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      // Loaded here: the services take a second to load, and a file must be inspected within two.
      const { applyTopics } = await import('@followthrough/host');
      const { readConfig } = await import('@followthrough/service-kit');
      let changed: string[];
      try {
        changed = await applyTopics(readConfig(process.env, ROOT));
      } catch (error) {
        throw new CommandFailure(error instanceof Error ? error.message : String(error));
      }
      if (options.json) return output.json({ changed });
      for (const topic of changed) await output.line(topic);
      await output.line(
        changed.length === 0
          ? 'All topics are as they should be.'
          : `${changed.length} topics made or changed.`,
      );
    });
}
