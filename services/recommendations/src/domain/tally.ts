import { codeOf, type Answers } from './held/state-name';
import type { Statement } from './held/statement';
import { sessionDate } from './session-date';

const YEAR = 366 * 24 * 60 * 60 * 1000;

/** Counts of source records, by the rule that each row is one. */
export interface RowCounts {
  recommendations: number;
  pledges: number;
  byPosition: Record<'supported' | 'noted' | 'partly' | 'pending' | 'unclear', number>;
}

/** What is known of a file's rows once the last one has been read. */
export interface RowTally {
  counts: Record<string, unknown>;
  /** States under review, '' among them where a row names none that is known */
  scope: string[];
  announceDefault: boolean;
}

/** What a file as a whole turns out to hold, counted row by row. */
export class Tally {
  private readonly counts: RowCounts = {
    recommendations: 0,
    pledges: 0,
    byPosition: { supported: 0, noted: 0, partly: 0, pending: 0, unclear: 0 },
  };
  private readonly scope = new Set<string>();
  private latest = '';

  constructor(private readonly now: Date) {}

  add(statement: Statement, answers: Answers): void {
    if (statement.kind === 'pledge') this.counts.pledges += 1;
    else this.counts.recommendations += 1;
    if (statement.position) this.counts.byPosition[statement.position] += 1;
    this.scope.add(statement.stateUnderReview ? (codeOf(statement.stateUnderReview, answers) ?? '') : '');
    const date = statement.date ?? (statement.session ? sessionDate(statement.session) : '');
    if (date > this.latest) this.latest = date;
  }

  summary(): RowTally {
    return { counts: { ...this.counts }, scope: [...this.scope].sort(), announceDefault: this.isRecent() };
  }

  /** Loading the past is not news: neither is a review over a year old, nor one whose date nobody knows. */
  private isRecent(): boolean {
    if (this.latest === '') return false;
    return (
      Date.parse(this.latest.length === 7 ? `${this.latest}-28` : this.latest) >= this.now.getTime() - YEAR
    );
  }
}
