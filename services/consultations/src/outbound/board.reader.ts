import { Database } from '@followthrough/database';
import { Clock } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { dateAt } from '../domain/rounds/reminders';
import { standingOf, standings, type Standing } from '../domain/rounds/standing';
import type { TaskState } from '../domain/rounds/task';
import { findRound, type RoundRow } from './round-rows';
import { taskContents } from './task-contents';

interface Row {
  id: string;
  version: number;
  state: TaskState;
  institutionId: string;
  institution: string;
  validatorId: string | null;
  returnReason: string;
  submittedAt: Date | null;
  releasedAt: Date | null;
  recommendations: number;
  answered: number;
  /** Of the first mail: `accepted`, or why nobody got it. */
  mail: string;
  reminders: number;
}

const TASKS = `
  select t.id, t.version, t.state, t.institution_id as "institutionId", i.name as institution,
         i.validator_id as "validatorId", t.return_reason as "returnReason", t.submitted_at as "submittedAt",
         t.released_at as "releasedAt", q.recommendations, q.answered, coalesce(m.state, 'queued') as mail,
         (select count(*)::int from scheduled_reminder s where s.task_id = t.id and s.state = 'sent') as reminders
  from round_task t join institution i on i.id = t.institution_id
  cross join lateral (
    select count(*)::int as recommendations, count(*) filter (where exists (
      select from answer x where x.task_id = t.id and x.recommendation_id = q.recommendation_id))::int as answered
    from round_task_recommendation q where q.task_id = t.id) q
  left join lateral (select state from round_mail m where m.task_id = t.id and m.purpose = 'asked'
                     order by m.created_at desc limit 1) m on true`;

/** Who has answered in a round, who is late, and whose answers were returned. */
@Injectable()
export class Board {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts of all tasks of the round, and the tasks of these standings.
   * @param wanted empty: all
   */
  async of(round: RoundRow, wanted: readonly Standing[]) {
    const rows = await this.database.query<Row>(`${TASKS} where t.round_id = $1 order by lower(i.name)`, [
      round.id,
    ]);
    const tasks = rows.map((row) => this.standing(row, round));
    const counts = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<Standing, number>;
    for (const { standing } of tasks) counts[standing] += 1;
    return {
      counts,
      recommendations: rows.reduce((sum, row) => sum + row.recommendations, 0),
      answered: rows.reduce((sum, row) => sum + row.answered, 0),
      tasks: tasks.filter(({ standing }) => wanted.length === 0 || wanted.includes(standing)),
    };
  }

  /** A task with all that it says and the way it has come. */
  async task(id: string) {
    const [row] = await this.database.query<Row & { roundId: string }>(
      `select x.*, t.round_id as "roundId" from (${TASKS} where t.id = $1) x join round_task t on t.id = x.id`,
      [id],
    );
    const round = row && (await findRound(this.database, row.roundId));
    if (!row || !round) return null;
    const transitions = await this.database.query<{ to: TaskState; reason: string; by: string; at: Date }>(
      `select to_state as to, reason, by_kind as by, at from round_transition
       where subject = 'task' and subject_id = $1 order by version`,
      [id],
    );
    const contents = await taskContents(this.database, id, null);
    return {
      round,
      task: { ...this.standing(row, round), transitions, contents },
    };
  }

  private standing<R extends Row>(row: R, round: RoundRow): R & { standing: Standing } {
    return { ...row, standing: standingOf(row, round.dueOn, dateAt(this.clock.now(), round.timeZone)) };
  }
}
