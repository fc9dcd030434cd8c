import type { Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { Vault } from './vault';
import type { Reader } from './reader';

export interface Address {
  id: string;
  address: string;
  state: 'unverified' | 'verified' | 'suspended';
}

/** Who has shown an address to be theirs. */
export interface Owner {
  recipientId: string;
  kind: 'member' | 'follower';
}

/** An address as it is stored: encrypted, and what it is found by. */
export interface ProvenAddress {
  /** Keeps the id that a link names; left out: a new one. */
  id?: string;
  sealed: Buffer;
  hmac: Buffer;
}

/** Addresses of recipients: at most one in use and one that awaits proof. */
@Injectable()
export class Addresses {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async of(reader: Reader, recipientId: string): Promise<Address[]> {
    const rows = (await reader.query(
      `select id, value_encrypted as sealed, state from address where recipient_id = $1 order by created_at`,
      [recipientId],
    )) as { id: string; sealed: Buffer; state: Address['state'] }[];
    return rows.map(({ id, sealed, state }) => ({
      id,
      state,
      address: this.vault.decrypt(sealed).toString('utf8'),
    }));
  }

  /** Who has shown an address to be theirs. */
  async ownerOf(reader: Reader, hmac: Buffer): Promise<Owner | null> {
    const [owner] = (await reader.query(
      `select a.recipient_id as "recipientId", r.kind from address a join recipient r on r.id = a.recipient_id
       where a.value_hmac = $1 and a.state <> 'unverified'`,
      [hmac],
    )) as Owner[];
    return owner ?? null;
  }

  /** Holds an address that awaits proof, in place of an earlier such one. */
  async await(tx: Transaction, recipientId: string, address: string): Promise<string> {
    await tx.query(`delete from address where recipient_id = $1 and state = 'unverified'`, [recipientId]);
    const sealed = this.vault.encrypt(address);
    return this.insert(tx, recipientId, { sealed, hmac: this.vault.addressHmac(address) }, 'unverified');
  }

  /** Puts an address that has been shown to be the recipient's in the place of all others. */
  async use(tx: Transaction, recipientId: string, proven: ProvenAddress): Promise<void> {
    await tx.query('delete from address where recipient_id = $1', [recipientId]);
    await this.insert(tx, recipientId, proven, 'verified');
  }

  private async insert(
    tx: Transaction,
    recipientId: string,
    { id = uuidv4(), sealed, hmac }: ProvenAddress,
    state: 'unverified' | 'verified',
  ): Promise<string> {
    await tx.query(
      `insert into address (id, recipient_id, value_encrypted, value_hmac, state, verified_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, recipientId, sealed, hmac, state, state === 'verified' ? this.clock.now() : null],
    );
    return id;
  }
}
