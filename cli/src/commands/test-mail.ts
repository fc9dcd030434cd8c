import type { CommandDefinition } from '../command';
import { CommandFailure } from '../failure';
import { Instance } from '../instance/instance';

interface TestMail {
  outcome: string;
  code: string;
  detail: string;
  route: 'relay' | 'local';
}

/** `ft test-mail ADDRESS`: whether mail leaves the house. */
export const testMailCommand: CommandDefinition = (program, { config, output }) => {
  program
    .command('test-mail')
    .argument('<ADDRESS>', 'to whom')
    .description('Send one mail at once and say what the mail server answered.')
    .option('--locale <L>', 'language of the mail: en, fr or ar', 'en')
    .option('--json', 'as JSON')
    .action(async (to: string, options: { locale: string; json?: boolean }) => {
      const body = { to, locale: options.locale };
      const sent = await new Instance(config).post<TestMail>('/api/notifications/v1/test-mail', body);
      if (options.json) await output.json(sent);
      if (sent.outcome !== 'accepted') {
        throw new CommandFailure(`The mail server did not take the mail (${sent.code}): ${sent.detail}`);
      }
      if (options.json) return;
      const where =
        sent.route === 'relay' ? 'The mail server of SMTP_URL' : `The mailbox at ${config.url}/mailbox`;
      await output.line(`${where} has taken the mail to ${to}: ${sent.detail}`);
    });
};
