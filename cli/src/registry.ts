import type { CommandDefinition } from './command';
import { demoCommand } from './commands/demo';
import { eventsCommand } from './commands/events/events';
import { exportCommand } from './commands/export';
import { importCommand } from './commands/import';
import { importsCommand } from './commands/imports';
import { inspectCommand } from './commands/inspect';
import { safekeepingCommands } from './commands/safekeeping';
import { testMailCommand } from './commands/test-mail';
import { upgradeCommand } from './commands/upgrade';

/** Every command, in the order of `ft --help`. */
export const commands: CommandDefinition[] = [
  inspectCommand,
  importCommand,
  importsCommand,
  exportCommand,
  demoCommand,
  testMailCommand,
  safekeepingCommands,
  upgradeCommand,
  eventsCommand,
];
