import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { ReleaseImport } from './release-import';

/** Lets the mails of an import go although some of its events are missing. */
@Injectable()
export class GiveUpWaiting {
  constructor(
    private readonly database: Database,
    private readonly releaseImport: ReleaseImport,
  ) {}

  async run(importId: string): Promise<void> {
    await this.database.transaction((tx) => this.releaseImport.run(tx, importId, true));
  }
}
