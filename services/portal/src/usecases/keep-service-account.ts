import { Database, lockInTransaction } from '@followthrough/database';
import { audit, Clock, Problem, type CallerIdentity, type Role } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ServiceAccount } from '../outbound/directory/service-account.entity';
import { newSecret, sha256 } from '../outbound/secrets';
import { mustReach } from './reach';

const OPERATOR = 'operator of this machine';

/** Starts of secrets of ours, so that a scanner of leaked secrets knows one when it sees it. */
const PREFIX = 'ft_';

/** Makes and revokes accounts of programs. A secret is told once, when it is made. */
@Injectable()
export class KeepServiceAccount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  create(
    asked: { name: string; roles: Role[]; states: string[] },
    caller: CallerIdentity,
  ): Promise<{ account: ServiceAccount; secret: string }> {
    mustReach(caller, asked.states);
    const secret = PREFIX + newSecret();
    return this.database.transaction(async (tx) => {
      const account = tx.create(ServiceAccount, {
        ...asked,
        id: uuidv7(),
        operator: false,
        secretSha256: sha256(secret),
        createdBy: caller.id,
        createdAt: this.clock.now(),
        usedAt: null,
        revokedAt: null,
      });
      await tx.insert(ServiceAccount, account);
      const { roles, states } = asked;
      const details = { roles, states };
      await audit(tx, {
        caller,
        action: 'service-account.create',
        subject: 'service-account',
        subjectId: account.id,
        details,
      });
      return { account, secret };
    });
  }

  /** @throws Problem `service-account-not-found` */
  async revoke(id: string, caller: CallerIdentity): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = await tx.findOne(ServiceAccount, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!account || account.revokedAt) {
        throw new Problem('not-found', 'service-account-not-found', 'There is no such service account.');
      }
      mustReach(caller, account.states);
      await tx.update(ServiceAccount, id, { revokedAt: this.clock.now() });
      await audit(tx, {
        caller,
        action: 'service-account.revoke',
        subject: 'service-account',
        subjectId: id,
      });
    });
  }

  /**
   * The account of whoever operates this machine, for `ft` beside the platform.
   * @param known the secret that the machine holds, if any
   * @returns `known` where it is good, a new secret where none was held or it is another instance's; null where
   * an administrator has revoked the account: that stands
   */
  operator(known: string | null): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      await lockInTransaction(tx, 'portal operator');
      const standing = await tx.findOneBy(ServiceAccount, { operator: true });
      if (standing?.revokedAt) return null;
      if (standing && known && standing.secretSha256.equals(sha256(known))) return known;
      const secret = PREFIX + newSecret();
      if (standing) {
        await tx.update(ServiceAccount, standing.id, { secretSha256: sha256(secret) });
      } else {
        await tx.insert(ServiceAccount, {
          id: uuidv7(),
          name: OPERATOR,
          operator: true,
          roles: ['administrator'],
          states: ['*'],
          secretSha256: sha256(secret),
          createdBy: 'platform',
          createdAt: this.clock.now(),
          usedAt: null,
          revokedAt: null,
        });
      }
      await audit(tx, {
        caller: null,
        action: 'service-account.operator',
        subject: 'service-account',
        subjectId: standing?.id ?? 'operator',
      });
      return secret;
    });
  }
}
