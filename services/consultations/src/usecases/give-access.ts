import type { Transaction } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { RoundMails } from '../outbound/round-mails';
import { Vault } from '../outbound/vault';

/** Gives addresses the links by which tasks are answered. Each address has its own, which can be taken back. */
@Injectable()
export class GiveAccess {
  constructor(
    private readonly vault: Vault,
    private readonly mails: RoundMails,
    private readonly clock: Clock,
  ) {}

  /** Asks institutions by one mail each: a link for the contact address of every task. */
  async toContacts(tx: Transaction, tasks: { taskId: string; contact: string }[]): Promise<void> {
    const rows = tasks.map(({ taskId, contact }) => ({
      ...this.sealed(contact),
      id: uuidv4(),
      task_id: taskId,
    }));
    await tx.query(
      `insert into task_access (id, task_id, holder, address_sealed, address_hmac, created_at)
       select id, task_id, 'contact', decode(address_sealed, 'hex'), decode(address_hmac, 'hex'), $2
       from json_to_recordset($1) as row (id uuid, task_id uuid, address_sealed text, address_hmac text)`,
      [JSON.stringify(rows), this.clock.now()],
    );
    await this.mails.queue(
      tx,
      ...rows.map(({ id, task_id }) => ({ purpose: 'asked' as const, taskId: task_id, accessId: id })),
    );
  }

  /**
   * @param recommendationIds null: the whole task
   * @returns id of the new access, or null where the address has one already
   */
  async toColleague(
    tx: Transaction,
    passing: { taskId: string; from: string; address: string; recommendationIds: string[] | null },
  ): Promise<string | null> {
    const id = uuidv4();
    const { address_sealed, address_hmac } = this.sealed(passing.address);
    const given = await tx.query<object[]>(
      `insert into task_access (id, task_id, holder, address_sealed, address_hmac, recommendation_ids, passed_on_by,
                                created_at)
       values ($1, $2, 'colleague', decode($3, 'hex'), decode($4, 'hex'), $5, $6, $7)
       on conflict (task_id, address_hmac) where revoked_at is null do nothing returning id`,
      [
        id,
        passing.taskId,
        address_sealed,
        address_hmac,
        passing.recommendationIds,
        passing.from,
        this.clock.now(),
      ],
    );
    if (given.length === 0) return null;
    await this.mails.queue(tx, { purpose: 'passed-on', taskId: passing.taskId, accessId: id });
    return id;
  }

  /** Ends the links of an institution's contact in open rounds, and gives a new address its own. */
  async moveContact(tx: Transaction, institutionId: string, contact: string | null): Promise<void> {
    const open = await tx.query<{ taskId: string }[]>(
      `select t.id as "taskId" from round_task t join round r on r.id = t.round_id
       where t.institution_id = $1 and r.state = 'open' and t.state <> 'released' order by t.id for update of t`,
      [institutionId],
    );
    await tx.query(
      `update task_access set revoked_at = $2 where task_id = any($1) and holder = 'contact' and revoked_at is null`,
      [open.map(({ taskId }) => taskId), this.clock.now()],
    );
    if (contact === null || open.length === 0) return;
    // Whoever had it as a colleague has it as the contact now.
    await tx.query(
      `update task_access set revoked_at = $3 where task_id = any($1) and address_hmac = $2 and revoked_at is null`,
      [open.map(({ taskId }) => taskId), this.vault.addressHmac(contact), this.clock.now()],
    );
    await this.toContacts(
      tx,
      open.map(({ taskId }) => ({ taskId, contact })),
    );
  }

  private sealed(address: string) {
    return {
      address_sealed: this.vault.encrypt(address).toString('hex'),
      address_hmac: this.vault.addressHmac(address).toString('hex'),
    };
  }
}
