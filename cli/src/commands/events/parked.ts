import { InvalidArgumentError, type Command } from 'commander';
import { agreed, someoneIsThere } from '../../ask';
import { CommandFailure } from '../../failure';
import type { Chosen, Operations, ParkedEvent } from '../../instance/operations';
import type { Output } from '../../output';
import { table } from '../../table';
import { askEach, whichServices } from './which-services';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What a service decides about in one request by their ids. */
const IDS_AT_ONCE = 200;

/** `ft events parked|retry|skip`: events that wait for a person. */
export function parkedCommands(group: Command, operations: Operations, output: Output): void {
  group
    .command('parked')
    .argument('[SERVICE]', 'one service; all if not given')
    .description('Events that could not be handled and wait for a person, newest first.')
    .option('--subscription <NAME>', 'of one subscription')
    .option('--limit <N>', 'at most so many of each service', count, 50)
    .option('--json', 'as JSON')
    .action(async (service: string | undefined, options: ListOptions) => {
      const { answers, failures } = await askEach(whichServices(service), (one) =>
        operations.parked(one, options.subscription, options.limit),
      );
      if (options.json) await output.json({ services: Object.fromEntries(answers), failures });
      else await show(answers);
      if (failures.length > 0) throw new CommandFailure(failures.join('\n'));
    });

  const show = async (answers: [string, { parked: ParkedEvent[]; more: boolean }][]): Promise<void> => {
    const rows = answers.flatMap(([service, { parked }]) => parked.map((event) => listed(service, event)));
    if (rows.length === 0) return output.line('Nothing is parked.');
    await output.write(table(['Service', 'Id', 'When', 'Tries', 'Key', 'Event', 'Error'], rows));
    for (const [service, { more }] of answers) {
      if (more) output.remark(`There are more in ${service}: ft events parked ${service} --limit 1000`);
    }
    output.remark('When the cause is mended: ft events retry SERVICE ID... (or --subscription NAME)');
  };

  const deciding = (name: 'retry' | 'skip', description: string): Command =>
    group
      .command(name)
      .argument('<SERVICE>', 'whose events')
      .argument('[IDS...]', 'ids of parked events')
      .description(description)
      .option('--subscription <NAME>', 'all that is parked of a subscription')
      .option('--key <KEY>', 'only those of one key, with --subscription')
      .option('--json', 'as JSON');

  const decide = async (
    service: string,
    ids: string[],
    what: 'retry' | 'skip',
    options: DecideOptions & { reason?: string },
  ): Promise<void> => {
    whichServices(service);
    const { reason } = options;
    let events = 0;
    const notParked: string[] = [];
    for (const chosen of chosenBy(ids, options)) {
      const decided = await operations.decide(service, what, { ...chosen, reason });
      events += decided.events;
      notParked.push(...decided.notParked);
    }
    if (options.json) await output.json({ events, notParked });
    else {
      const done = what === 'retry' ? 'will be tried again' : 'were left unhandled for good';
      await output.line(events === 0 ? 'Nothing was parked of these.' : `${events} events ${done}.`);
    }
    if (notParked.length > 0)
      throw new CommandFailure(`Not parked in ${service}: ${notParked.join(', ')}. See ft events parked.`);
  };

  deciding('retry', 'Try parked events again, in their order, when the cause is mended.').action(
    (service: string, ids: string[], options: DecideOptions) => decide(service, ids, 'retry', options),
  );
  deciding('skip', 'Leave parked events unhandled for good.')
    .requiredOption('--reason <TEXT>', 'why, for whoever reads the audit')
    .option('-y, --yes', 'without asking')
    .action(async (service: string, ids: string[], options: DecideOptions & SkipOptions) => {
      chosenBy(ids, options);
      const question = 'What they tell will never take effect here. Go on?';
      if (someoneIsThere() && !options.yes && !(await agreed(question, false)))
        return output.line('Nothing was changed.');
      return decide(service, ids, 'skip', options);
    });
}

interface ListOptions {
  subscription?: string;
  limit: number;
  json?: boolean;
}
interface DecideOptions {
  subscription?: string;
  key?: string;
  json?: boolean;
}
interface SkipOptions {
  reason: string;
  yes?: boolean;
}

/** @throws CommandFailure where ids and subscription are both given, or neither */
function chosenBy(ids: string[], { subscription, key }: DecideOptions): Chosen[] {
  const notIds = ids.filter((id) => !ID.test(id));
  if (notIds.length > 0)
    throw new CommandFailure(`Not ids of parked events: ${notIds.join(', ')}. See ft events parked.`, 2);
  if (ids.length > 0 && subscription === undefined && key === undefined) {
    return Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_, nth) => ({
      ids: ids.slice(nth * IDS_AT_ONCE, (nth + 1) * IDS_AT_ONCE),
    }));
  }
  if (ids.length === 0 && subscription !== undefined) return [{ subscription, key }];
  throw new CommandFailure('Say which: either ids, or --subscription NAME with or without --key KEY.', 2);
}

function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
}

const listed = (service: string, event: ParkedEvent): string[] => [
  service,
  event.id,
  event.parkedAt.slice(0, 16).replace('T', ' '),
  String(event.attempts),
  event.key.slice(0, 40),
  event.type?.replace(/^.*\./, '') ?? '?',
  event.error,
];
