import { kafkaMissing, redisMissing } from '@followthrough/stack';
import { describeUnless } from '@followthrough/testing';
import { isClean, runFaults, tableOf, type FaultReport, type FaultRun } from './faults/run';

/** One of each kind; `npm run faults` has the others, and pairs of them. */
const ONE_OF_EACH = [
  'kill-recommendations',
  'kill-notifications',
  'broker-killed',
  'leader-moves',
  'cut-all-brokers',
  'flush-redis',
  'kill-postgres',
  'duplicates',
  'poison',
  'clock-jumps',
];

describeUnless(kafkaMissing() ?? redisMissing())(
  'two replicas of each service, three brokers, under load',
  () => {
    async function reportOf(plan: Omit<FaultRun, 'say'>): Promise<{ report: FaultReport; told: string }> {
      const lines = [`seed ${plan.seed}`];
      const report = await runFaults({ ...plan, say: (line) => lines.push(line) });
      return { report, told: [...lines, tableOf(report)].join('\n') };
    }

    it('one thing after another breaks, and what was accepted took effect, once and in order', async () => {
      const seed = Date.now() % 1_000_000;
      const { report, told } = await reportOf({ seed, rounds: ONE_OF_EACH.length, faults: ONE_OF_EACH });
      if (!isClean(report)) throw new Error(`The ledger does not balance:\n${told}`);
      expect(report.struck.size).toBe(ONE_OF_EACH.length);
      expect(report.entries.every(({ expected }) => expected > 0)).toBe(true);
    }, 600_000);

    it('without the guard on kafkajs events are lost, without the inbox they take effect twice, and the ledger says so', async () => {
      const { report } = await reportOf({
        seed: 1,
        rounds: 6,
        faults: ['leader-moves', 'duplicates'],
        sabotage: ['guard-off', 'inbox-off'],
      });
      const of = (what: string) => report.entries.find((one) => one.what === what)!;
      expect(of('events on the topic').lost).toBeGreaterThan(0);
      expect(of('witnesses told').doubled).toBeGreaterThan(0);
      expect(isClean(report)).toBe(false);
    }, 600_000);
  },
);
