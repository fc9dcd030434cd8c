import type { Transaction } from '@followthrough/database';
import type { ReceivedEvent } from '@followthrough/messaging';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { ImportsSeen, isComplete } from '../outbound/imports-seen';
import { ReleaseImport } from './release-import';

/** Learns how many announced events an applied import has; they may have been seen before or may still come. */
@Injectable()
export class ExpectImport {
  constructor(
    private readonly imports: ImportsSeen,
    private readonly releaseImport: ReleaseImport,
    private readonly clock: Clock,
  ) {}

  async run(tx: Transaction, { data }: ReceivedEvent<'recommendations.v1.ImportApplied'>): Promise<void> {
    const progress = await this.imports.expect(tx, data, this.clock.now());
    if (isComplete(progress)) await this.releaseImport.run(tx, data.importId);
  }
}
