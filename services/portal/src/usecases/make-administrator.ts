import { Database } from '@followthrough/database';
import { audit, Clock, Problem, type OrganisationClass } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Accounts, type SignIn } from '../outbound/directory/accounts';
import { Demo } from '../outbound/directory/demo';
import { publishOrganisation } from '../outbound/directory/directory-events';
import type { Member } from '../outbound/directory/member.entity';
import { Organisation } from '../outbound/directory/organisation.entity';
import { SetupLinks } from '../outbound/directory/setup-link';

export interface Founding {
  name: string;
  organisation: string;
  organisationClass: OrganisationClass;
  locale: string;
  timeZone: string;
}

/** Makes the first administrator and their organisation, once, for whoever holds the link of the start. */
@Injectable()
export class MakeAdministrator {
  constructor(
    private readonly database: Database,
    private readonly links: SetupLinks,
    private readonly accounts: Accounts,
    private readonly demo: Demo,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `setup-link-spent` */
  make(secret: string, founding: Founding, signIn: SignIn): Promise<Member> {
    return this.database.transaction(async (tx) => {
      const valid = await this.links.spend(tx, secret);
      if (!valid || (await this.accounts.anyAdministrator(tx))) {
        throw new Problem(
          'forbidden',
          'setup-link-spent',
          'This link has been used or is too old: start Followthrough again and use the new link that it prints.',
        );
      }
      const organisation = tx.create(Organisation, {
        id: uuidv7(),
        name: founding.organisation,
        class: founding.organisationClass,
        states: ['*'],
        demo: false,
        version: 1,
      });
      await tx.insert(Organisation, organisation);
      await publishOrganisation(tx, 'portal.v1.OrganisationRegistered', organisation);
      const member = await this.accounts.open(
        tx,
        {
          name: founding.name,
          organisationId: organisation.id,
          roles: ['administrator'],
          states: ['*'],
          locale: founding.locale,
          timeZone: founding.timeZone,
          demo: false,
        },
        signIn,
        this.clock.now(),
      );
      await this.demo.confine(tx);
      await audit(tx, {
        caller: null,
        action: 'administrator.make',
        subject: 'member',
        subjectId: member.id,
      });
      return member;
    });
  }
}
