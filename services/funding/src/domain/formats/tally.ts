import { ExactSum } from './exact-sum';
import type { DonorRow } from './types';

export interface DonorCounts {
  activities: number;
  organisations: number;
  transactions: number;
  /** by the code of the type as written, '' where none */
  byTransactionType: Record<string, number>;
  /** activities and organisations that the schema of the standard does not allow as they are; they are counted above too */
  invalid: number;
  /** activities and organisations that could not be read; in no other count and no sum */
  unread: number;
}

/** Exact decimals by transaction type and currency, '' where none is named. */
export type DonorSums = Record<string, Record<string, string>>;

/** Counts a donor file and adds up its transactions as its rows pass. */
export class DonorTally {
  private readonly counted = { activities: 0, organisations: 0, transactions: 0, invalid: 0, unread: 0 };
  private readonly types = new Map<string, number>();
  private readonly amounts = new Map<string, Map<string, ExactSum>>();

  take(row: DonorRow): void {
    if (row.outcome === 'finding') {
      if (row.unread) this.counted.unread += 1;
      return;
    }
    if (row.findings.some((finding) => finding.ruleId === 'schema')) this.counted.invalid += 1;
    if (row.outcome === 'organisation') {
      this.counted.organisations += 1;
      return;
    }
    if (!row.continued) this.counted.activities += 1;
    for (const { type, currency, value } of row.transactions) {
      this.counted.transactions += 1;
      this.types.set(type, (this.types.get(type) ?? 0) + 1);
      if (value !== null) this.sumOf(type, currency).add(value);
    }
  }

  get counts(): DonorCounts {
    const { activities, organisations, transactions, invalid, unread } = this.counted;
    const byTransactionType = Object.fromEntries(this.types);
    return { activities, organisations, transactions, byTransactionType, invalid, unread };
  }

  get sums(): DonorSums {
    const texts = (sums: Map<string, ExactSum>) =>
      Object.fromEntries([...sums].map(([currency, sum]) => [currency, String(sum)]));
    return Object.fromEntries([...this.amounts].map(([type, sums]) => [type, texts(sums)]));
  }

  private sumOf(type: string, currency: string): ExactSum {
    let byCurrency = this.amounts.get(type);
    if (!byCurrency) this.amounts.set(type, (byCurrency = new Map()));
    let sum = byCurrency.get(currency);
    if (!sum) byCurrency.set(currency, (sum = new ExactSum()));
    return sum;
  }
}
