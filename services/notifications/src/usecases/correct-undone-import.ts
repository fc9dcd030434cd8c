import { afterCommit, type Transaction } from '@followthrough/database';
import type { ReceivedEvent } from '@followthrough/messaging';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { factKey } from '../domain/notice';
import { DigestBell } from '../outbound/bells';
import { Digests } from '../outbound/digests';
import { ImportsSeen } from '../outbound/imports-seen';
import { Notices } from '../outbound/notices';

interface ToldRecipient {
  recipientId: string;
  told: number;
  mailed: boolean;
  inInbox: boolean;
  subscriptionIds: string[];
}

/**
 * Takes an undone import back: what nobody has been told is void, and each recipient who has been told gets one
 * correction, by the way on which the news had come.
 */
@Injectable()
export class CorrectUndoneImport {
  constructor(
    private readonly imports: ImportsSeen,
    private readonly notices: Notices,
    private readonly digests: Digests,
    private readonly bell: DigestBell,
    private readonly clock: Clock,
  ) {}

  async run(
    tx: Transaction,
    { data, occurredAt }: ReceivedEvent<'recommendations.v1.ImportUndone'>,
  ): Promise<void> {
    const now = this.clock.now();
    const { importId } = data;
    if (!(await this.imports.undo(tx, importId, now))) return;
    const told = await tx.query<ToldRecipient[]>(TOLD, [importId]);
    await tx.query(VOID, [importId]);
    await this.notices.insert(
      tx,
      told.map((one) => ({
        recipientId: one.recipientId,
        factKey: factKey('correction', importId),
        kind: 'correction' as const,
        recommendationId: null,
        stateUnderReview: data.statesUnderReview.length === 1 ? (data.statesUnderReview[0] ?? '') : '',
        importId,
        changedFields: [],
        previousPosition: '',
        corrected: one.told,
        subscriptionIds: one.subscriptionIds,
        inInbox: one.inInbox,
        cadence: one.mailed ? ('immediate' as const) : null,
        occurredAt,
      })),
    );
    const planned = await this.digests.plan(
      tx,
      told
        .filter(({ mailed }) => mailed)
        .map(({ recipientId }) => ({
          recipientId,
          kind: 'correction' as const,
          localDate: null,
          windowKey: importId,
          dueAt: now,
        })),
    );
    if (planned.length > 0) afterCommit(tx, () => this.bell.ring(planned));
  }
}

/** Told means mailed, or being mailed, or read, or in an inbox that was opened after it came. */
const IS_TOLD = `(n.state in ('sending', 'sent') or n.read_at is not null
  or (n.in_inbox and r.inbox_seen_at >= n.created_at))`;

const TOLD = `
  with locked as (
    select n.* from notice n where n.import_id = $1 and n.kind <> 'correction' and n.state <> 'void'
    order by n.id for update
  ), told as (
    select n.* from locked n join recipient r on r.id = n.recipient_id where ${IS_TOLD}
  ), because as (
    select recipient_id, array_agg(distinct subscription_id) as ids
    from told, unnest(subscription_ids) as subscription_id group by recipient_id
  )
  select recipient_id as "recipientId", count(*)::int as told, bool_or(state in ('sending', 'sent')) as mailed,
         bool_or(in_inbox) as "inInbox", ids as "subscriptionIds"
  from told left join because using (recipient_id) group by recipient_id, ids`;

const VOID = `
  update notice n set state = 'void' from recipient r
  where r.id = n.recipient_id and n.import_id = $1 and n.kind <> 'correction' and n.state <> 'void'
    and not ${IS_TOLD}`;
