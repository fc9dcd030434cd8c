import type { CommandDefinition } from './command';
import { inspectCommand } from './commands/inspect';

/** Every command, in the order of `ft --help`. */
export const commands: CommandDefinition[] = [inspectCommand];
