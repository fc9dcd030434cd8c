import { afterCommit, Database, type Transaction } from '@followthrough/database';
import { sameMailboxKey } from '@followthrough/mail';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import type { Cadence } from '../domain/notice';
import { Addresses } from '../outbound/addresses';
import { Attestations } from '../outbound/attestations';
import { DeliveryBell } from '../outbound/bells';
import { Deliveries } from '../outbound/deliveries';
import { Digests } from '../outbound/digests';
import { RateLimits } from '../outbound/rate-limits';
import { Recipients } from '../outbound/recipients';
import { Vault } from '../outbound/vault';
import { UseAddress } from './use-address';

export interface Settings {
  locale?: string;
  timeZone?: string;
  cadence?: Cadence;
  /** A plain address, normalised. */
  address?: string;
  /** The portal's word that the member has received mail at the address. */
  attestation?: string;
}

/** Changes a member's language, time zone, cadence or address. A new address is used once it has been shown to be theirs. */
@Injectable()
export class ChangeSettings {
  constructor(
    private readonly database: Database,
    private readonly recipients: Recipients,
    private readonly addresses: Addresses,
    private readonly attestations: Attestations,
    private readonly useAddress: UseAddress,
    private readonly deliveries: Deliveries,
    private readonly digests: Digests,
    private readonly limits: RateLimits,
    private readonly vault: Vault,
    private readonly bell: DeliveryBell,
    private readonly clock: Clock,
  ) {}

  async run(caller: CallerIdentity, settings: Settings): Promise<void> {
    const { address, attestation } = settings;
    const proven =
      address && attestation ? await this.attestations.holds(attestation, caller.id, address) : false;
    await this.database.transaction(async (tx) => {
      const before = await this.recipients.member(tx, caller.id);
      if (!before) throw new Problem('not-found', 'member-erased', 'This account is gone.');
      await this.recipients.choose(tx, caller.id, settings);
      if (settings.timeZone && settings.timeZone !== before.timeZone) {
        await this.digests.replanDays(tx, caller.id, this.clock.now());
      }
      if (address !== undefined) await this.changeAddress(tx, caller.id, address, proven);
      const changed = Object.keys(settings).filter((name) => name !== 'attestation');
      await audit(tx, {
        caller,
        action: 'recipient.change',
        subject: 'recipient',
        subjectId: caller.id,
        details: { changed },
      });
    });
  }

  private async changeAddress(
    tx: Transaction,
    memberId: string,
    address: string,
    proven: boolean,
  ): Promise<void> {
    const held = await this.addresses.of(tx, memberId);
    const key = sameMailboxKey(address);
    if (held.some((one) => one.state === 'verified' && sameMailboxKey(one.address) === key)) return;
    if (proven) {
      const sealed = this.vault.encrypt(address);
      await this.useAddress.run(tx, memberId, { sealed, hmac: this.vault.addressHmac(address) });
      return;
    }
    const byMember = await this.limits.use(tx, 'verify-by-member', memberId);
    const toAddress = await this.limits.use(tx, 'verify-to-address', key);
    if (!byMember || !toAddress) {
      throw new Problem(
        'rate-limited',
        'too-many-requests',
        'Too many confirmations asked for: try again tomorrow.',
      );
    }
    const addressId = await this.addresses.await(tx, memberId, address);
    const delivery = await this.deliveries.queue(tx, {
      recipientId: memberId,
      purpose: 'verify-address',
      addressId,
    });
    afterCommit(tx, () => this.bell.ring([delivery]));
  }
}
