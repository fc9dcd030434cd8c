import type { CommandDefinition } from '../command';
import { Instance } from '../instance/instance';
import { table } from '../table';

const PATH = '/api/portal/v1/demo';

interface LoadedDemo {
  password: string | null;
  accounts: { email: string; name: string; roles: string[] }[];
}

/** `ft demo load|remove`: the invented State of Tamaria, to look around with. */
export const demoCommand: CommandDefinition = (program, { config, output }) => {
  const group = program
    .command('demo')
    .description('Demonstration data: an invented State with invented people.');
  const instance = new Instance(config);

  group
    .command('load')
    .description('Load it, and say how to sign in. Loading it twice changes nothing.')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const loaded = await instance.post<LoadedDemo>(PATH);
      if (options.json) return output.json(loaded);
      await output.write(
        table(
          ['Sign in as', 'Who it is'],
          loaded.accounts.map(({ email, name }) => [email, name]),
        ),
      );
      if (loaded.password) await output.line(`Password of all of them: ${loaded.password}`);
      await output.line(`Look around at ${config.url}`);
    });

  group
    .command('remove')
    .description('Remove it with all its accounts.')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const answer = await instance.delete<{ removed: boolean }>(PATH);
      if (options.json) return output.json(answer);
      return output.line(
        answer.removed ? 'The demonstration data is gone.' : 'There was no demonstration data.',
      );
    });
};
