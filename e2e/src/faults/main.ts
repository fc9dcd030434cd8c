import { parseArgs } from 'node:util';
import { isClean, runFaults, tableOf } from './run';

/** `npm run faults -- --rounds 40 --seed 7 [--faults kill-portal,broker-killed] [--singly]` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      faults: { type: 'string' },
      singly: { type: 'boolean', default: false },
    },
  });
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed))
    throw new Error('--rounds and --seed take whole numbers.');
  console.log(`Seed ${seed}; run it again with: npm run faults -- --rounds ${rounds} --seed ${seed}`);
  const report = await runFaults({
    seed,
    rounds,
    pairs: !values.singly,
    faults: values.faults?.split(','),
    say: (line) => console.log(line),
  });
  console.log(`\n${tableOf(report)}\n`);
  console.log(isClean(report) ? 'Nothing was lost, nothing happened twice.' : 'THE LEDGER DOES NOT BALANCE.');
  process.exitCode = isClean(report) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  if (error instanceof Error && error.cause) console.error(error.cause);
  process.exit(1);
});
