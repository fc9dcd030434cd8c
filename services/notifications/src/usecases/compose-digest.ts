import { afterCommit, Database, type Transaction } from '@followthrough/database';
import { causesOf, Clock, failPoint, goingOnWith, inSpan, isTracing } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { DeliveryBell } from '../outbound/bells';
import { Deliveries } from '../outbound/deliveries';
import { DigestContents } from '../outbound/digest-contents';
import type { DigestKind } from '../outbound/digests';

interface ClaimedDigest {
  id: string;
  recipient_id: string;
  kind: DigestKind;
  window_key: string;
}

const RETRY_CORRECTION_MS = 30_000;

/**
 * Claims a due digest and its notices, each by one statement, and queues one mail for what is still true. All in
 * one transaction: a crash leaves the digest as due as it was. A digest with nothing to say is void.
 */
@Injectable()
export class ComposeDigest {
  constructor(
    private readonly database: Database,
    private readonly deliveries: Deliveries,
    private readonly contents: DigestContents,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  async run(digestId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const [digest] = await tx.query<ClaimedDigest[]>(
        `update digest set state = 'queued' where id = $1 and state = 'open' and due_at <= $2
         returning id, recipient_id, kind, window_key`,
        [digestId, now],
      );
      if (!digest) return;
      if (digest.kind === 'correction' && (await this.isStillSending(tx, digest))) {
        await tx.query(`update digest set state = 'open', due_at = $2 where id = $1`, [
          digest.id,
          new Date(now.getTime() + RETRY_CORRECTION_MS),
        ]);
        return;
      }
      await this.claim(tx, digest, now);
      failPoint('digest.after-claim');
      const facts = isTracing() ? await this.contents.traces(tx, digest.id) : [];
      await inSpan(
        'compose digest',
        () => spanOf(digest, facts),
        () => this.compose(tx, digest, now),
      );
    });
  }

  private async compose(tx: Transaction, digest: ClaimedDigest, now: Date): Promise<void> {
    const alive = await this.contents.dropWhatIsNoLongerTrue(tx, digest.id);
    const addressId = await this.deliveries.verifiedAddress(tx, digest.recipient_id);
    if (alive === 0 || addressId === null) {
      await this.void(tx, digest.id, now);
      return;
    }
    await tx.query('update digest set notices = $2 where id = $1', [digest.id, alive]);
    const deliveryId = await this.deliveries.queue(tx, {
      recipientId: digest.recipient_id,
      purpose: digest.kind === 'correction' ? 'correction' : 'digest',
      digestId: digest.id,
      addressId,
    });
    failPoint('digest.before-queue');
    afterCommit(tx, () => this.bell.ring([deliveryId]));
  }

  private async claim(tx: Transaction, digest: ClaimedDigest, now: Date): Promise<void> {
    if (digest.kind === 'daily' || digest.kind === 'weekly') await this.fold(tx, digest, now);
    await tx.query(
      `update notice set state = 'claimed', digest_id = $1 where recipient_id = $2 and state = 'pending' and ${OF[digest.kind]}`,
      digest.kind === 'import' || digest.kind === 'correction'
        ? [digest.id, digest.recipient_id, digest.window_key]
        : [digest.id, digest.recipient_id],
    );
  }

  /** A digest of an earlier day that has not gone out by now is merged into this one. */
  private async fold(tx: Transaction, digest: ClaimedDigest, now: Date): Promise<void> {
    const folded = await tx.query<{ digest_id: string }[]>(
      `update delivery d set state = 'void', settled_at = $3 from digest earlier
       where earlier.id = d.digest_id and earlier.recipient_id = $1 and earlier.kind = $2 and d.state = 'queued'
         and d.last_outcome is distinct from 'ambiguous'
       returning d.digest_id`,
      [digest.recipient_id, digest.kind, now],
    );
    const ids = folded.map((row) => row.digest_id);
    if (ids.length === 0) return;
    await tx.query(`update digest set state = 'folded', settled_at = $2 where id = any($1::uuid[])`, [
      ids,
      now,
    ]);
    await tx.query(
      `update notice set state = 'pending', digest_id = null where digest_id = any($1::uuid[]) and state = 'claimed'`,
      [ids],
    );
  }

  /** A correction says how many notices were mailed, which is open while one of them is on its way. */
  private async isStillSending(tx: Transaction, digest: ClaimedDigest): Promise<boolean> {
    const rows = await tx.query(
      `select from notice where recipient_id = $1 and import_id = $2 and state = 'sending' limit 1`,
      [digest.recipient_id, digest.window_key],
    );
    return rows.length > 0;
  }

  private async void(tx: Transaction, digestId: string, now: Date): Promise<void> {
    await tx.query(`update digest set state = 'void', settled_at = $2 where id = $1`, [digestId, now]);
    await tx.query(`update notice set state = 'unmailed' where digest_id = $1 and state = 'claimed'`, [
      digestId,
    ]);
  }
}

/** A mail that goes at once is of the trace of its facts; one that gathers the facts of a day is only linked to them. */
function spanOf({ kind }: ClaimedDigest, facts: readonly string[]) {
  const { parent, links } = causesOf(facts);
  const waits = kind === 'daily' || kind === 'weekly';
  return {
    kind: 'internal' as const,
    parent: goingOnWith(waits ? null : parent),
    links: parent === null ? links : [parent, ...links],
    attributes: { 'followthrough.digest.kind': kind },
  };
}

/** Which pending notices of its recipient belong into a digest. */
const OF: Record<DigestKind, string> = {
  import: `import_id = $3 and cadence = 'immediate' and kind <> 'correction'`,
  correction: `import_id = $3 and kind = 'correction'`,
  immediate: `import_id = '' and cadence = 'immediate' and kind <> 'correction'`,
  daily: `cadence = 'daily'`,
  weekly: `cadence = 'weekly'`,
};
