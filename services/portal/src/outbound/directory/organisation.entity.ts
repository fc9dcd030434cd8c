import type { OrganisationClass } from '@followthrough/service-kit';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A ministry, parliament, NHRI, embassy, ... for which members act. */
@Entity({ schema: 'directory', name: 'organisation' })
export class Organisation {
  /** UUIDv7 */
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  class: OrganisationClass;

  /** States under review it works on, alpha-3, or `*`. */
  @Column('text', { array: true })
  states: string[];

  @Column('boolean', { default: false })
  demo: boolean;

  /** Version of the last event about it. */
  @Column('integer', { default: 1 })
  version: number;
}
