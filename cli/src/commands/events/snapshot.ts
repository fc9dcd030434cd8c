import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { CommandFailure } from '../../failure';
import type { EventsStanding, Operations, SnapshotTaken, SnapshotTold } from '../../instance/operations';
import type { Output } from '../../output';
import { ProgressBar } from '../../progress';
import { table } from '../../table';
import { askEach, whichServices } from './which-services';

const POLL_MS = 500;
/** A copy that does not move for so long waits for a person. */
const PATIENCE_MS = 120_000;

interface SnapshotOptions {
  for?: string;
  wait: boolean;
  status?: boolean;
  json?: boolean;
}

/** `ft events snapshot`: has copies built anew, and says how far they are. */
export function snapshotCommand(group: Command, operations: Operations, output: Output): void {
  group
    .command('snapshot')
    .argument('[OWNER]', 'whose data: recommendations, or portal for the directory')
    .description(
      'Have a service tell the present state of all that it owns, so that others build their copies from it while ' +
        'everything runs. Nobody is sent a mail by it.',
    )
    .option('--for <SERVICE>', 'for one service only; for all that keep a copy if not given')
    .option('--no-wait', 'do not wait until the copies are whole')
    .option('--status', 'only say how far snapshots are, here and at the copies')
    .option('--json', 'as JSON')
    .action(async (owner: string | undefined, options: SnapshotOptions) => {
      if (options.status) return status(owner, options);
      if (owner === undefined)
        throw new CommandFailure('Say whose data: ft events snapshot recommendations (or --status).', 2);
      whichServices(owner);
      if (options.for !== undefined) whichServices(options.for);
      const id = await operations.askSnapshot(owner, options.for);
      if (options.wait) await untilWhole(owner, id, options.for);
      if (options.json) return output.json({ id, ...(await standingOf(id)) });
      await output.line(
        options.wait
          ? `Snapshot ${id}: the copies are whole.`
          : `Snapshot ${id} is being told: ft events snapshot --status says how far it is.`,
      );
    });

  const status = async (owner: string | undefined, options: SnapshotOptions): Promise<void> => {
    const { answers, failures } = await askEach(whichServices(undefined), (one) => operations.standing(one));
    const isAsked = (topic: string) => owner === undefined || topic.startsWith(`${owner}.`);
    const told = answers
      .filter(([service]) => owner === undefined || service === owner)
      .flatMap(([service, { snapshots }]) => snapshots.told.map((one) => ({ owner: service, ...one })));
    const taken = answers
      .flatMap(([, { snapshots }]) => snapshots.taken)
      .filter(({ topic }) => isAsked(topic));
    if (options.json) await output.json({ told, taken, failures });
    else if (told.length + taken.length === 0) await output.line('No snapshot has been made.');
    else {
      await output.write(table(['Owner', 'Snapshot', 'For', 'Asked', 'Told', 'Done'], told.map(toldRow)));
      await output.line();
      await output.write(table(['Copy', 'Of', 'Snapshot', 'Taken', 'Gone', 'Done'], taken.map(takenRow)));
    }
    if (failures.length > 0) throw new CommandFailure(failures.join('\n'));
  };

  const standingOf = async (id: string): Promise<{ told: SnapshotTold | null; taken: SnapshotTaken[] }> => {
    const { answers, failures } = await askEach(whichServices(undefined), (one) => operations.standing(one));
    if (failures.length > 0) throw new CommandFailure(failures.join('\n'));
    const all = answers.map(([, standing]: [string, EventsStanding]) => standing.snapshots);
    return {
      told: all.flatMap(({ told }) => told).find((one) => one.id === id) ?? null,
      taken: all.flatMap(({ taken }) => taken).filter((one) => one.id === id),
    };
  };

  const untilWhole = async (owner: string, id: string, recipient: string | undefined): Promise<void> => {
    const copies = await copiesOf(owner, recipient);
    const progress = new ProgressBar();
    progress.begin('Telling', 0);
    let moved = { at: Date.now(), by: -1 };
    for (;;) {
      const { told, taken } = await standingOf(id);
      const whole = copies.filter((copy) => taken.some((one) => one.subscription === copy && one.doneAt));
      if (told?.doneAt && whole.length === copies.length) return progress.end();
      const done = (told?.told ?? 0) + taken.reduce((sum, one) => sum + one.taken, 0);
      progress.at(done, (told?.total ?? 0) * (copies.length + 1));
      if (done !== moved.by) moved = { at: Date.now(), by: done };
      if (Date.now() - moved.at > PATIENCE_MS) {
        progress.end();
        const missing = copies.filter((copy) => !whole.includes(copy)).join(', ');
        throw new CommandFailure(
          `Nothing has moved for two minutes; not whole: ${missing}. See ft events lag and ft events parked.`,
        );
      }
      await pause(POLL_MS);
    }
  };

  /** Subscriptions that take snapshots of what the service owns. */
  const copiesOf = async (owner: string, recipient: string | undefined): Promise<string[]> => {
    const { answers, failures } = await askEach(whichServices(recipient), (one) => operations.standing(one));
    if (failures.length > 0) throw new CommandFailure(failures.join('\n'));
    return answers.flatMap(([, { subscriptions }]) =>
      subscriptions
        .filter(({ copies }) => copies.some((topic) => topic.startsWith(`${owner}.`)))
        .map(({ subscription }) => subscription),
    );
  };
}

const when = (time: string | null): string => time?.slice(0, 16).replace('T', ' ') ?? '-';
const number = (value: number | null): string => value?.toLocaleString('en') ?? '?';

const toldRow = (one: SnapshotTold & { owner: string }): string[] => [
  one.owner,
  one.id,
  one.recipient ?? 'all',
  when(one.askedAt),
  `${number(one.told)} of ${number(one.total)}`,
  when(one.doneAt),
];

const takenRow = (one: SnapshotTaken): string[] => [
  one.subscription,
  one.topic,
  one.id,
  `${number(one.taken)} of ${number(one.total)}`,
  number(one.gone),
  when(one.doneAt),
];
