import type { Role } from '@followthrough/service-kit';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person who acts for an organisation in one or more States under review. */
@Entity({ schema: 'directory', name: 'member' })
export class Member {
  /** UUIDv4: neither order nor time gives a person away. */
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('uuid')
  organisationId: string;

  @Column('text', { array: true })
  roles: Role[];

  /** Alpha-3 codes in which the roles hold, or `*`. */
  @Column('text', { array: true })
  states: string[];

  @Column('text', { default: 'active' })
  state: 'active' | 'suspended';

  /** As chosen at joining. */
  @Column('text')
  locale: string;

  /** As chosen at joining, empty where not chosen. */
  @Column('text')
  timeZone: string;

  @Column('boolean', { default: false })
  demo: boolean;

  /** Version of the last event about the member. */
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz')
  joinedAt: Date;
}
