import { Database, type Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { DEMO_STATE } from '../../domain/account/demo-accounts';
import { Secrets } from '../secrets';
import { publishMember } from './directory-events';
import { Member } from './member.entity';

/** Whether demonstration data is loaded, and the password that its accounts share. */
@Injectable()
export class Demo {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** @returns null while none is loaded; the password is null where it was sealed by another instance */
  async loaded(
    tx: Transaction | Database = this.database,
  ): Promise<{ id: string; password: string | null } | null> {
    const [row] = await tx.query('select id, password_sealed from directory.demo');
    return row ? { id: row.id, password: this.secrets.open('demo password', row.password_sealed) } : null;
  }

  async mark(tx: Transaction, id: string, password: string): Promise<void> {
    await tx.query('insert into directory.demo (id, password_sealed) values ($1, $2)', [
      id,
      this.secrets.seal('demo password', password),
    ]);
  }

  async unmark(tx: Transaction): Promise<void> {
    await tx.query('delete from directory.demo');
  }

  /** Demo accounts may act for all States only as long as there is nothing real to act on. */
  async confine(tx: Transaction): Promise<void> {
    const members = await tx.findBy(Member, { demo: true });
    const wide = members.filter((member) => member.states.includes('*'));
    if (wide.length === 0) return;
    await tx.update(
      Member,
      { id: In(wide.map(({ id }) => id)) },
      { states: [DEMO_STATE], version: () => 'version + 1' },
    );
    const confined = wide.map((member) => ({ ...member, states: [DEMO_STATE], version: member.version + 1 }));
    await publishMember(tx, 'portal.v1.MemberChanged', ...confined);
  }
}
