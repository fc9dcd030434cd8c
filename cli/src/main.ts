import { Command, CommanderError } from 'commander';
import { UnreadableFile } from '@followthrough/imports/files';
import { readConfig, type CliConfig } from './config';
import { CommandFailure, type ExitStatus } from './failure';
import { Output, OutputClosed } from './output';
import { commands } from './registry';

const INTRODUCTION = `Follows human-rights recommendations from the day a State receives them.

Look into a file without a server:     ft inspect FILE
Bring it into a running instance:      ft import FILE --dry-run

Commands against an instance use FT_URL (else http://127.0.0.1:4000)
and FT_TOKEN, the secret of a service account.`;

/** Runs one command line and says how it ended. Failures are one sentence on standard error. */
export async function main(
  args: string[],
  config: CliConfig = readConfig(),
  output = new Output(),
): Promise<ExitStatus> {
  const program = new Command('ft')
    .description(INTRODUCTION)
    .showHelpAfterError('Try --help.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void output.write(text).catch(() => undefined),
      writeErr: (text) => output.remark(text.trimEnd()),
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase())),
    });
  for (const add of commands) add(program, { config, output });
  inheritSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, output);
  }
}

/** Wrong use ends every command the same way, also those of groups. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inheritSettings(command);
  }
}

function explain(error: unknown, output: Output): ExitStatus {
  if (error instanceof OutputClosed) return 0;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UnreadableFile) {
    output.remark(error.message);
    return 2;
  }
  if (error instanceof CommandFailure) {
    output.remark(error.message);
    return error.status;
  }
  output.remark(`This should not have happened: ${(error as Error).message.split('\n')[0]}`);
  return 1;
}
