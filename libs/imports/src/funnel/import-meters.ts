import { afterCommit, type Database, type Transaction } from '@followthrough/database';
import { Counter, Gauge, type Registry } from 'prom-client';
import { statesUnderWay } from './import-state';

const steps = ['parsed', 'applied', 'undone'] as const;
const outcomes = ['ready', 'needs-mapping', 'failed', 'applied', 'undone'] as const;

/** How many rows go through the funnel and what becomes of imports, counted once it is committed. */
export class ImportMeters {
  private readonly passed: Counter;
  private readonly ended: Counter;

  constructor(registry: Registry, database: Database) {
    const registers = [registry];
    this.passed = new Counter({
      name: 'followthrough_import_rows_total',
      help: 'Rows of imports by what was done with them: parsed (rejected ones too), applied, undone',
      labelNames: ['step'],
      registers,
    });
    this.ended = new Counter({
      name: 'followthrough_imports_total',
      help: 'Imports by what reading, applying or undoing them led to',
      labelNames: ['outcome'],
      registers,
    });
    // A counter that appears with its first event shows no increase of it.
    for (const step of steps) this.passed.inc({ step }, 0);
    for (const outcome of outcomes) this.ended.inc({ outcome }, 0);
    new Gauge({
      name: 'followthrough_imports_under_way',
      help: 'Imports that are being read, applied or undone',
      labelNames: ['state'],
      registers,
      async collect() {
        // A database that does not answer is seen elsewhere.
        const rows = await underWay(database).catch(() => null);
        if (!rows) return this.reset();
        for (const state of statesUnderWay) {
          this.set({ state }, rows.find((row) => row.state === state)?.imports ?? 0);
        }
      },
    });
  }

  rows(tx: Transaction, step: (typeof steps)[number], rows: number): void {
    if (rows > 0) afterCommit(tx, () => this.passed.inc({ step }, rows));
  }

  outcome(tx: Transaction, outcome: (typeof outcomes)[number]): void {
    afterCommit(tx, () => this.ended.inc({ outcome }));
  }
}

function underWay(database: Database): Promise<{ state: string; imports: number }[]> {
  return database.query(
    'select state, count(*)::int as imports from import where state = any($1::text[]) group by state',
    [statesUnderWay],
  );
}
