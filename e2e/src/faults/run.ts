import { allFaults, type Fault } from './faults';
import { ledgerOf, type Entry } from './ledger';
import { Load, REVISIONS_OF_A_LOT, ROWS_OF_A_LOT } from './load';
import { Random } from './random';
import { settled } from './settle';
import { World, type Sabotage } from './world';

export interface FaultRun {
  /** The same seed strikes the same faults in the same order, as far as processes let themselves be repeated. */
  seed: number;
  /** Faults, or pairs of them, one after another. */
  rounds: number;
  /** Names of the faults to choose from; all if not given. */
  faults?: readonly string[];
  /** Whether two strike at once now and then. */
  pairs?: boolean;
  /** To see that the ledger can tell. */
  sabotage?: readonly Sabotage[];
  say?: (line: string) => void;
}

export interface FaultReport {
  entries: Entry[];
  struck: Map<string, number>;
  lots: number;
}

/** Breaks one thing after another while there is work, lets all come to rest, and compares. */
export async function runFaults(plan: FaultRun): Promise<FaultReport> {
  const { seed, rounds, pairs = false, sabotage = [], say = () => undefined } = plan;
  const chosen = plan.faults ? allFaults.filter(({ name }) => plan.faults!.includes(name)) : allFaults;
  if (chosen.length === 0)
    throw new Error(`No such fault; there are ${allFaults.map(({ name }) => name).join(', ')}.`);
  const random = new Random(seed);
  const began = performance.now();
  const tell = (line: string) =>
    say(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  const struck = new Map<string, number>();
  const world = await World.start(sabotage);
  try {
    tell('everything runs');
    const load = new Load(world);
    await load.start();
    tell('work has begun');
    for (const faults of schedule(chosen, rounds, pairs, random)) {
      const done = await Promise.all(faults.map((fault) => fault.strike(world, random)));
      for (const { name } of faults) struck.set(name, (struck.get(name) ?? 0) + 1);
      tell(`${done.join(' + ')}`);
      await load.more(1);
    }
    await load.stop();
    tell(
      `work has ended: ${load.lots} imports of ${ROWS_OF_A_LOT} rows, each revised ${REVISIONS_OF_A_LOT} times; waiting for rest`,
    );
    await settled(world);
    const entries = await ledgerOf(world, load.accepted);
    tell('compared');
    return { entries, struck, lots: load.lots };
  } finally {
    await world.stop();
  }
}

/** Each fault before any comes again, in a random order; a second one beside it in every third round. */
function schedule(faults: readonly Fault[], rounds: number, pairs: boolean, random: Random): Fault[][] {
  const plan: Fault[][] = [];
  let left: Fault[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    if (left.length === 0) left = random.shuffled(faults);
    const first = left.shift()!;
    const others = faults.filter(({ part }) => part !== first.part);
    plan.push(pairs && round % 3 === 0 && others.length > 0 ? [first, random.pick(others)] : [first]);
  }
  return plan;
}

/** The ledger as a table. */
export function tableOf({ entries, struck }: FaultReport): string {
  const columns = ['expected', 'lost', 'doubled', 'disordered', 'again'] as const;
  const line = (what: string, cells: (string | number)[]) =>
    `  ${what.padEnd(34)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
  return [
    ...[...struck].sort().map(([name, times]) => `  ${name} x ${times}`),
    '',
    line('', [...columns]),
    ...entries.map((one) =>
      line(
        one.what,
        columns.map((column) => one[column]),
      ),
    ),
  ].join('\n');
}

export const isClean = ({ entries }: FaultReport): boolean =>
  entries.every(({ lost, doubled, disordered }) => lost + doubled + disordered === 0);
