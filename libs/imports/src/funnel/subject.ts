import type { Transaction } from '@followthrough/database';
import type { StagedChunk } from '../files/staged-chunk';
import type { ImportCounts, ImportEntity, ImportResult } from './import.entity';

/** What is known of a file before its rows are read. */
export interface ReadingHeader {
  format: string;
  /** kind of source, for ranking sources that disagree */
  family: string;
  template: string | null;
  mapping: unknown;
  columns: unknown;
  document: Record<string, unknown>;
  /** fields a person has to match to columns first; empty when the rows can be read */
  missing: string[];
}

/** What is known of a file once its last row has been read. */
export interface ReadingSummary {
  document: Record<string, unknown>;
  warnings: string[];
  counts: ImportCounts;
  /** States under review of its rows, '' among them where a row names none that is known */
  scope: string[];
  announceDefault: boolean;
}

export interface Reading {
  header: ReadingHeader;
  chunks: AsyncIterable<StagedChunk>;
  summary(): Promise<ReadingSummary>;
  /** Ends the reading early; the file is no longer needed afterwards. */
  close(): Promise<void>;
}

/** Rows of an import from (excluded) one number to (included) another. */
export interface RowRange {
  from: number;
  to: number;
}

/** What applying a row would do to what is held true. Rows of which nothing is said are new. */
export interface Comparison {
  no: number;
  standing: 'changed' | 'unchanged';
  subjectId: string;
  /** values that would be replaced, by field */
  before: Record<string, unknown> | null;
}

/** A row that says less than it seems to: a row of our own export counts only where it was edited. */
export interface Settlement {
  no: number;
  joinKey: string;
  /** leaves no source record at all */
  idle: boolean;
  record: object;
  contentHash: string;
}

/** Why subjects are held anew. */
export interface HoldCause {
  import: ImportEntity;
  step: 'apply' | 'undo';
}

/** What a service adds to the funnel: how its files are read, and how rows become what it holds true. */
export interface FunnelSubject {
  /** @throws UnreadableFile where the file as a whole cannot be read */
  read(file: { path: string; name: string }, imported: ImportEntity): Promise<Reading>;
  /** Called once all rows are staged: opens questions and says how many are open. */
  openQuestions(tx: Transaction, imported: ImportEntity): Promise<number>;
  /** Called before rows are compared or applied; only what it returns is changed. */
  settle(tx: Transaction, imported: ImportEntity, range: RowRange): Promise<Settlement[]>;
  /** Dry run: what applying these rows would do. Writes nothing. */
  compare(tx: Transaction, imported: ImportEntity, range: RowRange): Promise<Comparison[]>;
  /** Brings what is held true about the keys in line with their source records, and publishes what changed. */
  hold(tx: Transaction, joinKeys: string[], cause: HoldCause): Promise<ImportResult>;
  /** Called in the transaction that ends applying or undoing: publishes that it is done. */
  finish(tx: Transaction, cause: HoldCause, result: ImportResult): Promise<void>;
}
