import { Injectable } from '@nestjs/common';
import { afterCommit, type Transaction } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';

/** The job that does what an import's state calls for. */
export const ADVANCE_IMPORT = 'advance-import';

/** Says that an import has something to do, once it is committed that it has. A sweep finds what no bell rang for. */
@Injectable()
export class ImportBell {
  constructor(private readonly jobs: Jobs) {}

  ring(tx: Transaction, importId: string): void {
    afterCommit(tx, () => this.jobs.hint(ADVANCE_IMPORT, importId));
  }
}
