import { Database, lockInTransaction, type Transaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, Clock, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { DEMO_STATE, demoAccounts } from '../domain/account/demo-accounts';
import { Accounts } from '../outbound/directory/accounts';
import { Demo } from '../outbound/directory/demo';
import { publishOrganisation } from '../outbound/directory/directory-events';
import { Organisation } from '../outbound/directory/organisation.entity';
import { Passwords } from '../outbound/passwords';
import { PortalAddresses } from '../outbound/sign-in/portal-addresses';
import { mustBeFree } from './demo-rights';

export interface LoadedDemo {
  demoId: string;
  /** Null where only an operator may read it, elsewhere. */
  password: string | null;
  accounts: { email: string; name: string; roles: string[] }[];
}

/**
 * Loads the demonstration data: accounts here, recommendations and all else where they belong, by event. Loading
 * it twice changes nothing.
 */
@Injectable()
export class LoadDemo {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly demo: Demo,
    private readonly addresses: PortalAddresses,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `sign-in-needed` for strangers, unless nobody has an account yet and all is on this machine */
  async load(caller: CallerIdentity | null): Promise<LoadedDemo> {
    await mustBeFree(caller, this.accounts, this.addresses);
    const password = demoPassword();
    const hash = await this.passwords.hash(password);
    const loaded = await this.database.transaction(async (tx) => {
      await lockInTransaction(tx, 'portal demo');
      const before = await this.demo.loaded(tx);
      if (before) return before;
      const id = uuidv7();
      await this.demo.mark(tx, id, password);
      await this.makeAccounts(tx, hash);
      await publish(tx, {
        type: 'portal.v1.DemoDataRequested',
        aggregateId: id,
        version: 1,
        stateUnderReview: DEMO_STATE,
        visibility: 'internal',
        data: { demoId: id },
      });
      await audit(tx, {
        caller,
        action: 'demo.load',
        subject: 'demo',
        subjectId: id,
        stateUnderReview: DEMO_STATE,
      });
      return { id, password };
    });
    return {
      demoId: loaded.id,
      password: loaded.password,
      accounts: demoAccounts.map(({ address, name, roles }) => ({ email: address, name, roles: [...roles] })),
    };
  }

  private async makeAccounts(tx: Transaction, hash: string): Promise<void> {
    const states = (await this.accounts.any(tx)) ? [DEMO_STATE] : ['*'];
    for (const account of demoAccounts) {
      const organisation = tx.create(Organisation, {
        id: uuidv7(),
        name: account.organisation,
        class: account.organisationClass,
        states: [DEMO_STATE],
        demo: true,
        version: 1,
      });
      await tx.insert(Organisation, organisation);
      await publishOrganisation(tx, 'portal.v1.OrganisationRegistered', organisation);
      const { name, roles, address } = account;
      await this.accounts.open(
        tx,
        {
          name,
          organisationId: organisation.id,
          roles: [...roles],
          states,
          locale: 'en',
          timeZone: '',
          demo: true,
        },
        { address, verified: true, password: hash },
        this.clock.now(),
      );
    }
  }
}

/** Letters and digits that nobody mistakes for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

function demoPassword(): string {
  const drawn = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `tamaria-${drawn.slice(0, 5)}-${drawn.slice(5)}`;
}
