import type { DocumentFacts, SourceRow } from './types';

export const noFacts: DocumentFacts = {
  stateUnderReview: null,
  stateUnderReviewRaw: null,
  mechanism: null,
  cycle: null,
  session: null,
  symbol: null,
  date: null,
};

/** Learns from rows what holds for all of them: a file of one review says so in every row. */
export class SharedFacts {
  private first = true;
  private readonly shared: DocumentFacts = { ...noFacts };

  take(row: SourceRow): void {
    const { code, raw } = row.stateUnderReview;
    const facts: DocumentFacts = {
      stateUnderReview: code,
      stateUnderReviewRaw: code || raw === '' ? null : raw,
      mechanism: row.mechanism || null,
      cycle: row.cycle,
      session: row.session,
      symbol: row.symbol || null,
      date: row.date || null,
    };
    if (this.first) Object.assign(this.shared, facts);
    this.first = false;
    for (const key of Object.keys(facts) as (keyof DocumentFacts)[]) {
      if (this.shared[key] !== facts[key]) this.shared[key] = null;
    }
  }

  /** Fills what `document` leaves open. */
  completeInto(document: DocumentFacts): void {
    for (const key of Object.keys(noFacts) as (keyof DocumentFacts)[]) {
      document[key] ??= this.shared[key] as never;
    }
  }
}
