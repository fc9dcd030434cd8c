import { Database } from '@followthrough/database';
import { audit, Problem, type CallerIdentity, type OrganisationClass } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { publishOrganisation } from '../outbound/directory/directory-events';
import { Organisation } from '../outbound/directory/organisation.entity';
import { mustReach } from './reach';

export interface OrganisationFacts {
  name: string;
  class: OrganisationClass;
  states: string[];
}

/** Enters an organisation into the directory, or changes what is said of it. */
@Injectable()
export class RegisterOrganisation {
  constructor(private readonly database: Database) {}

  /** @throws Problem `organisation-exists` */
  async register(facts: OrganisationFacts, caller: CallerIdentity): Promise<Organisation> {
    mustReach(caller, facts.states);
    return this.named(() =>
      this.database.transaction(async (tx) => {
        const organisation = tx.create(Organisation, { ...facts, id: uuidv7(), demo: false, version: 1 });
        await tx.insert(Organisation, organisation);
        await publishOrganisation(tx, 'portal.v1.OrganisationRegistered', organisation);
        await audit(tx, {
          caller,
          action: 'organisation.register',
          subject: 'organisation',
          subjectId: organisation.id,
          details: { ...facts },
        });
        return organisation;
      }),
    );
  }

  /** @throws Problem `organisation-not-found`, `organisation-exists` */
  async change(
    id: string,
    change: Partial<OrganisationFacts>,
    caller: CallerIdentity,
  ): Promise<Organisation> {
    return this.named(() =>
      this.database.transaction(async (tx) => {
        const organisation = await tx.findOne(Organisation, {
          where: { id },
          lock: { mode: 'pessimistic_write' },
        });
        if (!organisation)
          throw new Problem('not-found', 'organisation-not-found', 'There is no such organisation.');
        mustReach(caller, [...organisation.states, ...(change.states ?? [])]);
        const changed = { ...organisation, ...change, version: organisation.version + 1 };
        await tx.update(Organisation, id, { ...change, version: changed.version });
        await publishOrganisation(tx, 'portal.v1.OrganisationChanged', changed);
        await audit(tx, {
          caller,
          action: 'organisation.change',
          subject: 'organisation',
          subjectId: id,
          details: change,
        });
        return changed;
      }),
    );
  }

  private async named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const cause = (error as { driverError?: { constraint?: string } }).driverError;
      if (cause?.constraint !== 'organisation_name') throw error;
      throw new Problem('conflict', 'organisation-exists', 'There is an organisation of this name already.');
    }
  }
}
