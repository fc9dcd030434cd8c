import { Database, lockInTransaction } from '@followthrough/database';
import { publish } from '@followthrough/messaging';
import { audit, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { DEMO_STATE } from '../domain/account/demo-accounts';
import { Accounts } from '../outbound/directory/accounts';
import { Demo } from '../outbound/directory/demo';
import { publishMemberErased, publishOrganisationRemoved } from '../outbound/directory/directory-events';
import { Member } from '../outbound/directory/member.entity';
import { Organisation } from '../outbound/directory/organisation.entity';
import { PortalAddresses } from '../outbound/sign-in/portal-addresses';
import { mustBeFree } from './demo-rights';

/** Takes the demonstration data away again: accounts here, all else where it is, by event. */
@Injectable()
export class RemoveDemo {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly demo: Demo,
    private readonly addresses: PortalAddresses,
  ) {}

  /** @returns whether there was any */
  async remove(caller: CallerIdentity | null): Promise<boolean> {
    await mustBeFree(caller, this.accounts, this.addresses);
    return this.database.transaction(async (tx) => {
      await lockInTransaction(tx, 'portal demo');
      const loaded = await this.demo.loaded(tx);
      if (!loaded) return false;
      for (const member of await tx.findBy(Member, { demo: true })) {
        await tx.delete(Member, member.id);
        await publishMemberErased(tx, member);
      }
      for (const organisation of await tx.findBy(Organisation, { demo: true })) {
        // One that real people have been put into stays, and is theirs.
        const [used] = await tx.query(
          `select from directory.member where organisation_id = $1
           union all select from directory.invitation where organisation_id = $1 limit 1`,
          [organisation.id],
        );
        if (used) continue;
        await tx.delete(Organisation, organisation.id);
        await publishOrganisationRemoved(tx, organisation);
      }
      await this.demo.unmark(tx);
      await publish(tx, {
        type: 'portal.v1.DemoDataRemoved',
        aggregateId: loaded.id,
        version: 2,
        stateUnderReview: DEMO_STATE,
        visibility: 'internal',
        data: { demoId: loaded.id },
      });
      await audit(tx, {
        caller,
        action: 'demo.remove',
        subject: 'demo',
        subjectId: loaded.id,
        stateUnderReview: DEMO_STATE,
      });
      return true;
    });
  }
}
