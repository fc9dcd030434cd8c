import type { EventData } from '@followthrough/contracts';
import type { Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { isTimeZone } from '../domain/digest-time';
import { factKey } from '../domain/notice';
import { Addresses } from '../outbound/addresses';
import { ImportsSeen } from '../outbound/imports-seen';
import { Notices } from '../outbound/notices';
import { Recipients } from '../outbound/recipients';
import { RecommendationCopies } from '../outbound/recommendation-copies';
import { Subscriptions } from '../outbound/subscriptions';
import { Vault } from '../outbound/vault';
import { PlanMails } from './plan-mails';
import { ReleaseImport } from './release-import';

type Member = NonNullable<EventData<'portal.v1.MemberJoined'>['member']>;

/** The invented State of the demonstration data. */
const DEMO_FILTER = { stateUnderReview: ['XTM'] };

/**
 * Makes a recipient of a member who has joined. A demonstration member follows the invented State from the start,
 * at an address that never leaves the installation, and is told of what had been loaded before.
 */
@Injectable()
export class WelcomeMember {
  constructor(
    private readonly recipients: Recipients,
    private readonly addresses: Addresses,
    private readonly subscriptions: Subscriptions,
    private readonly copies: RecommendationCopies,
    private readonly notices: Notices,
    private readonly imports: ImportsSeen,
    private readonly planMails: PlanMails,
    private readonly releaseImport: ReleaseImport,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** @param snapshot the member is told of again, which is no reason to send anything */
  async run(tx: Transaction, member: Member, snapshot: boolean): Promise<void> {
    const { memberId: id, locale, timeZone, demo } = member;
    const first = await this.recipients.welcome(tx, {
      id,
      demo,
      locale: locale || 'en',
      timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    });
    if (first && demo) await this.followDemo(tx, member, snapshot);
  }

  private async followDemo(tx: Transaction, member: Member, snapshot: boolean): Promise<void> {
    const { memberId, roles } = member;
    const address = `${roles[0] ?? 'member'}-${memberId.slice(0, 8)}@demo.invalid`;
    const hmac = this.vault.addressHmac(address);
    if ((await this.addresses.of(tx, memberId)).length === 0) {
      await this.addresses.use(tx, memberId, { sealed: this.vault.encrypt(address), hmac });
    }
    const subscription = await this.subscriptions.start(tx, {
      recipientId: memberId,
      filter: DEMO_FILTER,
      cadence: 'immediate',
      channels: ['inbox', 'email'],
    });
    if (!snapshot) await this.tellOfWhatIsThere(tx, memberId, subscription.id);
  }

  /** The loading and the joining come in any order; facts have the same keys both ways, so none is told twice. */
  private async tellOfWhatIsThere(tx: Transaction, memberId: string, subscriptionId: string): Promise<void> {
    const copies = await this.copies.demo(tx, DEMO_FILTER);
    const written = await this.notices.insert(
      tx,
      copies.map((copy) => ({
        recipientId: memberId,
        factKey: factKey('recorded', copy.state.recommendationId, copy),
        kind: 'recorded' as const,
        recommendationId: copy.state.recommendationId,
        stateUnderReview: copy.state.stateUnderReview,
        importId: copy.importId,
        changedFields: [],
        previousPosition: '',
        corrected: 0,
        subscriptionIds: [subscriptionId],
        inInbox: true,
        cadence: 'immediate' as const,
        occurredAt: copy.announcedAt ?? this.clock.now(),
      })),
    );
    await this.planMails.run(tx, written);
    const importIds = [...new Set(written.map(({ importId }) => importId))].filter((id) => id !== '');
    const progress = await this.imports.find(tx, importIds);
    for (const importId of importIds) {
      if (progress.get(importId)?.releasedAt) await this.releaseImport.planDigests(tx, importId);
    }
  }
}
