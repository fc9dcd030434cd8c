import type { Command } from 'commander';
import { CommandFailure } from '../../failure';
import type { EventsStanding, Operations } from '../../instance/operations';
import type { Output } from '../../output';
import { table } from '../../table';
import { askEach, whichServices } from './which-services';

/** `ft events lag`: how far events are behind, in every service. */
export function lagCommand(group: Command, operations: Operations, output: Output): void {
  group
    .command('lag')
    .argument('[SERVICE]', 'one service; all if not given')
    .description('What is not yet sent, not yet handled, waits or is parked; and the job queues.')
    .option('--partitions', 'each partition by itself')
    .option('--json', 'as JSON')
    .action(async (service: string | undefined, options: { partitions?: boolean; json?: boolean }) => {
      const { answers, failures } = await askEach(whichServices(service), (one) => operations.standing(one));
      if (options.json) await output.json({ services: Object.fromEntries(answers), failures });
      else {
        await output.write(table(['Service', 'Not sent', 'Oldest', 'Jobs'], answers.map(sending)));
        await output.line();
        await output.write(
          table(
            ['Subscription', 'Not handled', 'To try again', 'Parked', 'Topics'],
            answers.flatMap(([, { subscriptions }]) => subscriptions.map(reading)),
          ),
        );
        if (options.partitions) await output.write(`\n${partitionsOf(answers)}`);
        if (answers.some(([, { subscriptions }]) => subscriptions.some(({ parked }) => parked > 0)))
          output.remark('Parked events wait for a person: ft events parked');
      }
      if (failures.length > 0) throw new CommandFailure(failures.join('\n'));
    });
}

type Answer = [service: string, standing: EventsStanding];
const number = (value: number): string => value.toLocaleString('en');

function sending([service, { outbox, jobs }]: Answer): string[] {
  const sums = new Map<string, number>();
  for (const { states } of jobs) {
    for (const [state, count] of Object.entries(states ?? {}))
      sums.set(state, (sums.get(state) ?? 0) + count);
  }
  const some = [...sums]
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${number(count)} ${state}`);
  const silent = jobs.some(({ states }) => states === null) ? ['the queues do not answer'] : [];
  return [
    service,
    number(outbox.events),
    outbox.events === 0 ? '-' : `${Math.round(outbox.oldestSeconds)} s`,
    [...some, ...silent].join(', ') || '-',
  ];
}

const reading = ({
  subscription,
  lag,
  deferred,
  parked,
  topics,
}: EventsStanding['subscriptions'][number]) => [
  subscription,
  lag === null ? 'no answer' : number(lag),
  number(deferred),
  number(parked),
  topics.join(', '),
];

function partitionsOf(answers: readonly Answer[]): string {
  const rows = answers.flatMap(([, { subscriptions }]) =>
    subscriptions.flatMap(({ subscription, partitions }) =>
      partitions.map(({ topic, partition, next, end, lag }) => [
        subscription,
        `${topic}/${partition}`,
        String(next),
        String(end),
        number(lag),
      ]),
    ),
  );
  return table(['Subscription', 'Partition', 'Next offset', 'End', 'Not handled'], rows);
}
