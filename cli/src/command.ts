import type { Command } from 'commander';
import type { CliConfig } from './config';
import type { Output } from './output';

/** What every command is given. */
export interface CommandContext {
  config: CliConfig;
  output: Output;
}

/** A command of `ft`: adds itself to the program. One file a command; `registry.ts` lists them all. */
export type CommandDefinition = (program: Command, context: CommandContext) => void;
