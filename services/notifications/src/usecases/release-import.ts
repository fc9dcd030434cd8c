import { afterCommit, type Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { DigestBell } from '../outbound/bells';
import { Digests } from '../outbound/digests';
import { ImportsSeen } from '../outbound/imports-seen';

/** Lets the mails of an import go, one a recipient, once all it announced has been seen. */
@Injectable()
export class ReleaseImport {
  constructor(
    private readonly imports: ImportsSeen,
    private readonly digests: Digests,
    private readonly bell: DigestBell,
    private readonly clock: Clock,
  ) {}

  /** @param late true where the wait has been given up: what still comes is told in a daily digest */
  async run(tx: Transaction, importId: string, late = false): Promise<void> {
    if (await this.imports.release(tx, importId, late, this.clock.now()))
      await this.planDigests(tx, importId);
  }

  /** Plans the digest of every recipient with an unsent notice of the import. */
  async planDigests(tx: Transaction, importId: string): Promise<void> {
    const recipients = await tx.query<{ id: string }[]>(
      `select distinct recipient_id as id from notice
       where import_id = $1 and state = 'pending' and cadence = 'immediate' and kind <> 'correction'`,
      [importId],
    );
    const dueAt = this.clock.now();
    const planned = await this.digests.plan(
      tx,
      recipients.map(({ id }) => ({
        recipientId: id,
        kind: 'import',
        localDate: null,
        windowKey: importId,
        dueAt,
      })),
    );
    if (planned.length > 0) afterCommit(tx, () => this.bell.ring(planned));
  }
}
