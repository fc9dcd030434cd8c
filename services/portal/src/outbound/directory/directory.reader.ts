import { Database } from '@followthrough/database';
import { Clock, type OrganisationClass, type Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';

/** States whose directory somebody may see. */
export type Reach = '*' | string[];

export interface OrganisationView {
  id: string;
  name: string;
  class: OrganisationClass;
  states: string[];
  demo: boolean;
  members: number;
}

export interface MemberView {
  id: string;
  name: string;
  email: string | null;
  organisationId: string;
  roles: Role[];
  states: string[];
  state: 'active' | 'suspended';
  demo: boolean;
  joinedAt: Date;
}

export interface InvitationView {
  id: string;
  email: string;
  name: string;
  organisationId: string;
  roles: Role[];
  states: string[];
  /** "bounced": the mail server refused the address for good. */
  state: 'sent' | 'expired' | 'bounced';
  invitedAt: Date;
  expiresAt: Date;
}

export interface ServiceAccountView {
  id: string;
  name: string;
  operator: boolean;
  roles: Role[];
  states: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Rows that touch one of the States within reach; what holds for all States is within everybody's. */
const within = `($1::text[] is null or states && $1 or '*' = any(states))`;

const parameter = (reach: Reach): string[] | null => (reach === '*' ? null : reach);

/** Lists of the directory, as far as the caller's reach goes. */
@Injectable()
export class DirectoryReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  organisations(reach: Reach): Promise<OrganisationView[]> {
    return this.database.query(
      `select id, name, class, states, demo,
              (select count(*)::int from directory.member m where m.organisation_id = o.id) as members
       from directory.organisation o where ${within} order by name`,
      [parameter(reach)],
    );
  }

  members(reach: Reach): Promise<MemberView[]> {
    return this.database.query(
      `select m.id, m.name, c.address as email, m.organisation_id as "organisationId", m.roles, m.states, m.state,
              m.demo, m.joined_at as "joinedAt"
       from directory.member m left join directory.credential c on c.member_id = m.id
       where ${within} order by m.name, m.id`,
      [parameter(reach)],
    );
  }

  invitations(reach: Reach): Promise<InvitationView[]> {
    return this.database.query(
      `select i.id, i.address as email, i.name, i.organisation_id as "organisationId", i.roles, i.states,
              case when i.expires_at <= $2 then 'expired'
                   when exists (select from directory.account_mail a
                                where a.subject_id = i.id and a.state = 'failed') then 'bounced'
                   else 'sent' end as state,
              i.invited_at as "invitedAt", i.expires_at as "expiresAt"
       from directory.invitation i where i.state = 'open' and ${within} order by i.invited_at desc, i.id`,
      [parameter(reach), this.clock.now()],
    );
  }

  serviceAccounts(reach: Reach): Promise<ServiceAccountView[]> {
    return this.database.query(
      `select id, name, operator, roles, states, created_at as "createdAt", used_at as "lastUsedAt"
       from directory.service_account where revoked_at is null and ${within} order by created_at, id`,
      [parameter(reach)],
    );
  }
}
