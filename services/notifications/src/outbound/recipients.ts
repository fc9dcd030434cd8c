import type { Transaction } from '@followthrough/database';
import { Injectable } from '@nestjs/common';
import type { Cadence } from '../domain/notice';
import type { Reader } from './reader';

export interface Recipient {
  id: string;
  kind: 'member' | 'follower';
  locale: string;
  timeZone: string;
  cadence: Cadence;
  demo: boolean;
}

const FIELDS = `id, kind, locale, time_zone as "timeZone", cadence, demo`;

@Injectable()
export class Recipients {
  /**
   * The recipient that a member is. Made when first asked for, since the event of the joining may still be under
   * way; not for a member who has been erased.
   */
  async member(tx: Transaction, id: string): Promise<Recipient | null> {
    await tx.query(
      `insert into recipient (id, kind) select $1, 'member'
       where not exists (select from erased_member where id = $1) on conflict do nothing`,
      [id],
    );
    return this.find(tx, id);
  }

  async find(reader: Reader, id: string): Promise<Recipient | null> {
    const [recipient] = (await reader.query(`select ${FIELDS} from recipient where id = $1`, [
      id,
    ])) as Recipient[];
    return recipient ?? null;
  }

  /**
   * A member as the directory says at the joining. What the member has chosen here before that event came is
   * left alone. @returns true the first time
   */
  async welcome(
    tx: Transaction,
    member: { id: string; locale: string; timeZone: string; demo: boolean },
  ): Promise<boolean> {
    if (!(await this.member(tx, member.id))) return false;
    const welcomed = await tx.query(
      `update recipient set welcomed = true, demo = $4,
              locale = case locale when 'en' then $2 else locale end,
              time_zone = case time_zone when 'UTC' then $3 else time_zone end
       where id = $1 and not welcomed returning id`,
      [member.id, member.locale, member.timeZone, member.demo],
    );
    return welcomed.length === 1;
  }

  /** Ids of the members of whom the directory has told, in their order. */
  async welcomed(tx: Transaction, after: string | null, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from recipient where kind = 'member' and welcomed and ($1::uuid is null or id > $1)
       order by id limit $2`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  async addFollower(
    tx: Transaction,
    follower: Pick<Recipient, 'id' | 'locale' | 'timeZone' | 'cadence'>,
  ): Promise<void> {
    await tx.query(
      `insert into recipient (id, kind, locale, time_zone, cadence) values ($1, 'follower', $2, $3, $4)`,
      [follower.id, follower.locale, follower.timeZone, follower.cadence],
    );
  }

  async choose(
    tx: Transaction,
    id: string,
    choice: { locale?: string; timeZone?: string; cadence?: Cadence },
  ): Promise<void> {
    await tx.query(
      `update recipient set locale = coalesce($2, locale), time_zone = coalesce($3, time_zone),
              cadence = coalesce($4, cadence) where id = $1`,
      [id, choice.locale ?? null, choice.timeZone ?? null, choice.cadence ?? null],
    );
  }
}
