import { Database } from '@followthrough/database';
import { Problem } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { Addresses } from './addresses';
import { Recipients } from './recipients';

export interface SettingsView {
  locale: string;
  timeZone: string;
  cadence: string;
  /** In use; `suspended` where its mail server has refused it for good. */
  address: { value: string; state: 'verified' | 'suspended' } | null;
  /** Entered, and not yet shown to be the member's. */
  pendingAddress: string | null;
}

@Injectable()
export class SettingsReader {
  constructor(
    private readonly database: Database,
    private readonly recipients: Recipients,
    private readonly addresses: Addresses,
  ) {}

  async read(memberId: string): Promise<SettingsView> {
    const recipient = await this.database.transaction((tx) => this.recipients.member(tx, memberId));
    if (!recipient) throw new Problem('not-found', 'member-erased', 'This account is gone.');
    const held = await this.addresses.of(this.database, memberId);
    const used = held.find(({ state }) => state !== 'unverified');
    return {
      locale: recipient.locale,
      timeZone: recipient.timeZone,
      cadence: recipient.cadence,
      address: used
        ? { value: used.address, state: used.state === 'suspended' ? 'suspended' : 'verified' }
        : null,
      pendingAddress: held.find(({ state }) => state === 'unverified')?.address ?? null,
    };
  }
}
