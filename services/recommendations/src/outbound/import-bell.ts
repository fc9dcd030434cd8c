import { Injectable } from '@nestjs/common';
import { afterCommit, type Transaction } from '@followthrough/database';
import { Jobs } from '@followthrough/jobs';

/** Queue of imports in which the platform has something to do. */
export const IMPORT_QUEUE = 'recommendations.imports';

/** Says that an import has something to do, once it is committed that it has. A sweep finds what no bell rang for. */
@Injectable()
export class ImportBell {
  constructor(private readonly jobs: Jobs) {}

  ring(tx: Transaction, importId: string): void {
    afterCommit(tx, () => this.jobs.hint(IMPORT_QUEUE, importId));
  }
}
