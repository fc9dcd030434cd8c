import { Database, type Transaction } from '@followthrough/database';
import { sameMailboxKey } from '@followthrough/mail';
import type { Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { publishMember } from './directory-events';
import { Member } from './member.entity';

export interface NewMember {
  name: string;
  organisationId: string;
  roles: Role[];
  states: string[];
  locale: string;
  timeZone: string;
  demo: boolean;
}

/** How somebody signs in: a password of ours, or an identity at the site's own provider. */
export type SignIn =
  | { address: string; verified: boolean; password: string }
  | { address: string | null; verified: boolean; issuer: string; subject: string };

/** Members with what they sign in with. */
@Injectable()
export class Accounts {
  constructor(private readonly database: Database) {}

  /** Makes the member and says so; a conflict of address or identity fails the transaction. */
  async open(tx: Transaction, member: NewMember, signIn: SignIn, joinedAt: Date): Promise<Member> {
    const made = tx.create(Member, { ...member, id: uuidv4(), state: 'active', version: 1, joinedAt });
    await tx.insert(Member, made);
    if (signIn.address !== null) {
      await tx.query(
        `insert into directory.credential (member_id, address, address_key, verified, password)
         values ($1, $2, $3, $4, $5)`,
        [
          made.id,
          signIn.address,
          sameMailboxKey(signIn.address),
          signIn.verified,
          'password' in signIn ? signIn.password : null,
        ],
      );
    }
    if ('issuer' in signIn) await this.link(tx, made.id, signIn);
    await publishMember(tx, 'portal.v1.MemberJoined', made);
    return made;
  }

  async link(
    tx: Transaction,
    memberId: string,
    identity: { issuer: string; subject: string },
  ): Promise<void> {
    await tx.query('insert into directory.outer_identity (issuer, subject, member_id) values ($1, $2, $3)', [
      identity.issuer,
      identity.subject,
      memberId,
    ]);
  }

  /** The active member who signs in with this address; with the password's hash, null where it has none. */
  async byAddress(address: string): Promise<{ id: string; password: string | null; locale: string } | null> {
    const [row] = await this.database.query(
      `select m.id, c.password, m.locale from directory.credential c
       join directory.member m on m.id = c.member_id and m.state = 'active'
       where c.address_key = $1`,
      [sameMailboxKey(address)],
    );
    return row ?? null;
  }

  async byOuterIdentity(issuer: string, subject: string): Promise<string | null> {
    const [row] = await this.database.query(
      `select m.id from directory.outer_identity i
       join directory.member m on m.id = i.member_id and m.state = 'active'
       where i.issuer = $1 and i.subject = $2`,
      [issuer, subject],
    );
    return row?.id ?? null;
  }

  /** The address that a member signs in with, if it has been shown to be theirs. */
  async verifiedAddress(memberId: string): Promise<string | null> {
    const [row] = await this.database.query(
      'select address from directory.credential where member_id = $1 and verified',
      [memberId],
    );
    return row?.address ?? null;
  }

  /** Whether the page has yet to hand the member's address and language to notifications. */
  async awaitsHandOver(memberId: string): Promise<boolean> {
    const rows = await this.database.query(
      'select from directory.credential where member_id = $1 and handed_over_at is null',
      [memberId],
    );
    return rows.length > 0;
  }

  /** The address to hand over, once. */
  async handOver(memberId: string): Promise<{ address: string; verified: boolean } | null> {
    const [row] = await this.database.query(
      `update directory.credential set handed_over_at = now()
       where member_id = $1 and handed_over_at is null returning address, verified`,
      [memberId],
    );
    return row ?? null;
  }

  /** Whether anybody but demo accounts has an account here. */
  async any(tx: Transaction | Database = this.database): Promise<boolean> {
    const rows = await tx.query('select from directory.member where not demo limit 1');
    return rows.length > 0;
  }

  /** Whether somebody can run this instance. */
  async anyAdministrator(tx: Transaction | Database = this.database): Promise<boolean> {
    const rows = await tx.query(
      `select from directory.member where not demo and state = 'active' and 'administrator' = any(roles) limit 1`,
    );
    return rows.length > 0;
  }
}
