import { Database, lockInTransaction, type Transaction } from '@followthrough/database';
import { audit, Problem, type CallerIdentity, type Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { publishMember, publishMemberErased } from '../outbound/directory/directory-events';
import { Member } from '../outbound/directory/member.entity';
import { Organisation } from '../outbound/directory/organisation.entity';
import { Sessions } from '../outbound/sign-in/sessions';
import { mustReach } from './reach';

export interface MemberChange {
  name?: string;
  organisationId?: string;
  roles?: Role[];
  states?: string[];
  state?: 'active' | 'suspended';
}

/** Changes for whom and as what a member acts, or takes the member out of the directory altogether. */
@Injectable()
export class ChangeMember {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
  ) {}

  /** @throws Problem `member-not-found`, `organisation-not-found`, `last-administrator` */
  change(id: string, change: MemberChange, caller: CallerIdentity): Promise<Member> {
    return this.database.transaction(async (tx) => {
      const member = await this.locked(tx, id);
      mustReach(caller, [...member.states, ...(change.states ?? [])]);
      if (change.organisationId && !(await tx.existsBy(Organisation, { id: change.organisationId }))) {
        throw new Problem('invalid', 'organisation-not-found', 'There is no such organisation.');
      }
      const changed = { ...member, ...change, version: member.version + 1 };
      await tx.update(Member, id, { ...change, version: changed.version });
      await mustKeepAdministrator(tx, member);
      if (change.state === 'suspended') await this.sessions.endAllOf(tx, id);
      await publishMember(tx, 'portal.v1.MemberChanged', changed);
      const { name, ...details } = change;
      await audit(tx, {
        caller,
        action: 'member.change',
        subject: 'member',
        subjectId: id,
        details: { ...details, ...(name === undefined ? {} : { renamed: true }) },
      });
      return changed;
    });
  }

  /**
   * Erases the person here; every other service does so on the event. Audit records keep the opaque id.
   * @throws Problem `member-not-found`, `last-administrator`
   */
  async erase(id: string, caller: CallerIdentity): Promise<void> {
    await this.database.transaction(async (tx) => {
      const member = await this.locked(tx, id);
      mustReach(caller, member.states);
      await tx.delete(Member, id);
      await mustKeepAdministrator(tx, member);
      await publishMemberErased(tx, member);
      await audit(tx, { caller, action: 'member.erase', subject: 'member', subjectId: id });
    });
  }

  private async locked(tx: Transaction, id: string): Promise<Member> {
    const member = await tx.findOne(Member, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!member) throw new Problem('not-found', 'member-not-found', 'There is no such member.');
    return member;
  }
}

/** Without an administrator nobody could ever let anybody in again. */
async function mustKeepAdministrator(tx: Transaction, before: Member): Promise<void> {
  if (before.demo || !before.roles.includes('administrator')) return;
  // Two administrators who remove each other at the same time must see one another.
  await lockInTransaction(tx, 'portal administrators');
  const rows = await tx.query(
    `select from directory.member
     where not demo and state = 'active' and 'administrator' = any(roles) and '*' = any(states) limit 1`,
  );
  if (rows.length > 0) return;
  throw new Problem(
    'conflict',
    'last-administrator',
    'This is the last administrator: make another one first.',
  );
}
