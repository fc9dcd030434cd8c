/**
 * Work that a row in the service's database stands for. The row is the truth: `run` looks at it, does what is to
 * be done, if anything, and must bear being called twice, also at once. A job in the queue is only a hint.
 */
export interface JobDefinition {
  /** Unique in its service, kebab-case: `import-parse`. */
  name: string;
  /** Runs at once in this process, at most; 1 if not given. */
  concurrency?: number;
  /**
   * Does the work of one row. What it throws is logged; the sweep finds the row again.
   * @param stopping aborted when the process is to end: long work ends at the next place from which it can go on
   */
  run(id: string, stopping: AbortSignal): Promise<void>;
  sweep: {
    /** Milliseconds from one sweep to the next. */
    everyMs: number;
    /** Ids of rows whose work is due and not being done, as far as the rows say. */
    due(): Promise<string[]>;
  };
}
