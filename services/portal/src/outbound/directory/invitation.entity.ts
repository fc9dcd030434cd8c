import type { Role } from '@followthrough/service-kit';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An offer to join, sent by mail. Its secret is stored as a hash only. */
@Entity({ schema: 'directory', name: 'invitation' })
export class Invitation {
  /** UUIDv4, like a member's. */
  @PrimaryColumn('uuid')
  id: string;

  /** Null once the invitation is settled. */
  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { nullable: true })
  addressKey: string | null;

  @Column('text')
  name: string;

  @Column('uuid')
  organisationId: string;

  @Column('text', { array: true })
  roles: Role[];

  @Column('text', { array: true })
  states: string[];

  @Column('text')
  locale: string;

  @Column('bytea')
  secretSha256: Buffer;

  @Column('text', { default: 'open' })
  state: 'open' | 'accepted' | 'withdrawn';

  @Column('text')
  invitedBy: string;

  @Column('timestamptz')
  invitedAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  settledAt: Date | null;
}
