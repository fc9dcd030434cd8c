import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { dateAt } from '../domain/rounds/reminders';
import { standingOf, type Standing } from '../domain/rounds/standing';
import type { TaskState } from '../domain/rounds/task';
import { taskContents, type AskedRecommendation } from './task-contents';
import { Vault } from './vault';

interface Row {
  id: string;
  version: number;
  state: TaskState;
  returnReason: string;
  title: string;
  dueOn: string;
  timeZone: string;
  institution: string;
  locale: string;
  holder: 'contact' | 'colleague';
  accessId: string;
  only: string[] | null;
  recommendations: number;
  answered: number;
}

export type OwnTaskView = Omit<Row, 'timeZone' | 'only' | 'accessId'> & {
  standing: Standing;
  /** Only a part was passed on: the whole is handed in by others. */
  part: boolean;
};

/** What a link session sees: the open tasks of its address. */
@Injectable()
export class OwnTasks {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async list(addressHmac: Buffer): Promise<OwnTaskView[]> {
    return (await this.rows(addressHmac, null)).map((row) => this.view(row));
  }

  /** @returns null where the task is not the session's, or no longer open */
  async find(addressHmac: Buffer, taskId: string) {
    const [row] = await this.rows(addressHmac, taskId);
    if (!row) return null;
    return {
      ...this.view(row),
      recommendations: await taskContents(this.database, taskId, row.only),
      colleagues: await this.colleagues(taskId, row),
    };
  }

  /** Which recommendations of a task the session reaches; undefined where it reaches none. */
  async reach(addressHmac: Buffer, taskId: string): Promise<string[] | null | undefined> {
    const [row] = await this.rows(addressHmac, taskId);
    return row?.only;
  }

  async contents(addressHmac: Buffer, taskId: string): Promise<AskedRecommendation[] | null> {
    const only = await this.reach(addressHmac, taskId);
    return only === undefined ? null : taskContents(this.database, taskId, only);
  }

  private rows(addressHmac: Buffer, taskId: string | null): Promise<Row[]> {
    return this.database.query<Row>(
      `select t.id, t.version, t.state, t.return_reason as "returnReason", r.title, r.due_on::text as "dueOn",
              r.time_zone as "timeZone", i.name as institution, i.locale, a.holder, a.id as "accessId",
              a.recommendation_ids as only, q.recommendations, q.answered
       from task_access a join round_task t on t.id = a.task_id join round r on r.id = t.round_id
       join institution i on i.id = t.institution_id
       cross join lateral (
         select count(*)::int as recommendations, count(*) filter (where exists (
           select from answer x where x.task_id = t.id and x.recommendation_id = q.recommendation_id))::int as answered
         from round_task_recommendation q
         where q.task_id = t.id and (a.recommendation_ids is null or q.recommendation_id = any(a.recommendation_ids))) q
       where a.address_hmac = $1 and a.revoked_at is null and r.state = 'open' and ($2::uuid is null or t.id = $2)
       order by r.due_on, r.title, i.name`,
      [addressHmac, taskId],
    );
  }

  private view({ timeZone, only, accessId: _, ...row }: Row): OwnTaskView {
    const standing = standingOf(row, row.dueOn, dateAt(this.clock.now(), timeZone));
    return { ...row, standing, part: only !== null };
  }

  /** Whom it was passed on to: the contact sees all, a colleague those whom they asked; addresses half hidden. */
  private async colleagues(taskId: string, { holder, accessId }: Row) {
    const rows = await this.database.query<{ id: string; sealed: Buffer; recommendations: number | null }>(
      `select id, address_sealed as sealed, cardinality(recommendation_ids) as recommendations from task_access
       where task_id = $1 and holder = 'colleague' and revoked_at is null and ($2::uuid is null or passed_on_by = $2)
       order by created_at, id`,
      [taskId, holder === 'contact' ? null : accessId],
    );
    return rows.map(({ id, sealed, recommendations }) => ({
      id,
      address: halfHidden(this.vault.decrypt(sealed).toString('utf8')),
      recommendations,
    }));
  }
}

/** `amina.k@health.example` becomes `a…@health.example`. */
function halfHidden(address: string): string {
  return address.replace(/^(.).*@/, '$1…@');
}
