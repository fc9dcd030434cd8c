import { InvalidArgumentError, type Command } from 'commander';
import { CommandFailure } from '../../failure';
import type { Operations, ReplayFrom } from '../../instance/operations';
import type { Output } from '../../output';
import { whichServices } from './which-services';

interface ReplayOptions {
  since?: string;
  partition?: number;
  offset?: number;
  to?: number;
  aggregate?: string;
  topic?: string;
  json?: boolean;
}

const HOW = 'Say from where: --since TIME, or --aggregate ID, or --partition N --offset N [--to N].';
const SHOWN_FAILURES = 10;

/** `ft events replay`: events that a subscription has had, once more. */
export function replayCommand(group: Command, operations: Operations, output: Output): void {
  group
    .command('replay')
    .argument('<SUBSCRIPTION>', 'a group of ft events lag: consultations, portal.feed')
    .description(
      'Give a subscription events again, from a time, an offset or of one aggregate. Only handlers that keep a copy ' +
        'take part: none that sends mails. What is newer in the copy stays.',
    )
    .option('--since <TIME>', 'sent at this time or later: 2026-05-06, 2026-05-06T10:00Z', time)
    .option('--aggregate <ID>', 'of one aggregate, such as a recommendation')
    .option('--partition <N>', 'of one partition, with --offset', natural)
    .option('--offset <N>', 'from this offset on', natural)
    .option('--to <N>', 'up to and including this offset', natural)
    .option('--topic <NAME>', 'of one topic; all that it reads if not given')
    .option('--json', 'as JSON')
    .action(async (subscription: string, options: ReplayOptions) => {
      const [service] = subscription.split('.') as [string];
      whichServices(service);
      const from = fromOf(options);
      const result = await operations.replay(
        service,
        { subscription, topic: options.topic, from },
        (handled) => {
          if (process.stderr.isTTY) output.remark(`${handled} events`);
        },
      );
      if (options.json) await output.json(result);
      else {
        await output.line(`${result.handled} events were handled again.`);
        if (result.refused > 0)
          await output.line(`${result.refused} were left out: their handlers have effects outside.`);
      }
      const { failed } = result;
      if (failed.length === 0) return;
      for (const { topic, partition, offset, reason } of failed.slice(0, SHOWN_FAILURES))
        output.remark(`${topic}/${partition} at ${offset}: ${reason}`);
      throw new CommandFailure(
        `${failed.length} could not be handled: mend the cause, then replay from the first of them.`,
      );
    });
}

/** @throws CommandFailure for anything but exactly one place to begin at */
function fromOf({ since, aggregate, partition, offset, to }: ReplayOptions): ReplayFrom {
  const byOffset = partition !== undefined || offset !== undefined || to !== undefined;
  const ways = [since !== undefined, aggregate !== undefined, byOffset].filter(Boolean).length;
  if (ways !== 1) throw new CommandFailure(HOW, 2);
  if (since !== undefined) return { time: since };
  if (aggregate !== undefined) return { aggregate };
  if (partition === undefined || offset === undefined) throw new CommandFailure(HOW, 2);
  return { partition, offset, to };
}

function natural(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('It is a whole number from 0.');
  return value;
}

function time(text: string): string {
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It is a time such as 2026-05-06 or 2026-05-06T10:00Z.');
  return at.toISOString();
}
