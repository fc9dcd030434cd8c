import type { Role } from '@followthrough/service-kit';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A program that acts by itself: `ft`, a ministry's own system. Its secret is stored as a hash only. */
@Entity({ schema: 'directory', name: 'service_account' })
export class ServiceAccount {
  /** UUIDv7 */
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  /** True for the one that `ft` on this machine uses. */
  @Column('boolean', { default: false })
  operator: boolean;

  @Column('text', { array: true })
  roles: Role[];

  @Column('text', { array: true })
  states: string[];

  @Column('bytea')
  secretSha256: Buffer;

  @Column('text')
  createdBy: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  usedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;
}
