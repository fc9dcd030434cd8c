import type { CommandDefinition } from '../../command';
import { Instance } from '../../instance/instance';
import { Operations } from '../../instance/operations';
import { lagCommand } from './lag';
import { parkedCommands } from './parked';
import { replayCommand } from './replay';
import { snapshotCommand } from './snapshot';
import { topicsCommand } from './topics';

/** `ft events ...`: what an operator sees and does of events. */
export const eventsCommand: CommandDefinition = (program, { config, output }) => {
  const group = program.command('events').description('Events on their way between the services.');
  const operations = new Operations(new Instance(config));
  lagCommand(group, operations, output);
  parkedCommands(group, operations, output);
  replayCommand(group, operations, output);
  snapshotCommand(group, operations, output);
  topicsCommand(group, output);
};
