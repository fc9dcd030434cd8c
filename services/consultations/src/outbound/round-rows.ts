import type { RecommendationFilter } from '@followthrough/contracts';
import type { ReminderRule } from '../domain/rounds/reminders';
import type { RoundState } from '../domain/rounds/round';
import type { TaskState } from '../domain/rounds/task';
import type { Reader } from './reader';

export interface RoundRow {
  id: string;
  version: number;
  state: RoundState;
  stateUnderReview: string;
  title: string;
  filter: RecommendationFilter;
  dueOn: string;
  timeZone: string;
  rule: ReminderRule;
  deadlineVersion: number;
  openedAt: Date | null;
  closedAt: Date | null;
}

export interface TaskRow {
  id: string;
  version: number;
  state: TaskState;
  roundId: string;
  roundState: RoundState;
  stateUnderReview: string;
  institutionId: string;
  validatorId: string | null;
}

const ROUND = `id, version, state, state_under_review as "stateUnderReview", title, filter, due_on::text as "dueOn",
  time_zone as "timeZone", deadline_version as "deadlineVersion", opened_at as "openedAt", closed_at as "closedAt",
  json_build_object('offsets', reminder_offsets, 'escalationAfter', escalation_after) as rule`;

export async function roundsIn(reader: Reader, states: '*' | readonly string[]): Promise<RoundRow[]> {
  return (await reader.query(
    `select ${ROUND} from round where $1::text[] is null or state_under_review = any($1)
     order by created_at desc, id limit 500`,
    [states === '*' ? null : states],
  )) as RoundRow[];
}

/** @param lock so that nobody else changes it before the transaction ends */
export async function findRound(reader: Reader, id: string, lock = false): Promise<RoundRow | null> {
  const [row] = (await reader.query(`select ${ROUND} from round where id = $1 ${lock ? 'for update' : ''}`, [
    id,
  ])) as RoundRow[];
  return row ?? null;
}

/** Locks a task against every other step, and its round against being closed meanwhile. */
export async function lockTask(reader: Reader, id: string): Promise<TaskRow | null> {
  const [row] = (await reader.query(
    `select t.id, t.version, t.state, t.round_id as "roundId", r.state as "roundState",
            r.state_under_review as "stateUnderReview", t.institution_id as "institutionId",
            i.validator_id as "validatorId"
     from round_task t join round r on r.id = t.round_id join institution i on i.id = t.institution_id
     where t.id = $1 for update of t for share of r`,
    [id],
  )) as TaskRow[];
  return row ?? null;
}

/** Holidays of a State from a day on, as ISO dates. */
export async function holidaysOf(reader: Reader, stateUnderReview: string): Promise<Set<string>> {
  const rows = (await reader.query('select on_date::text as day from holiday where state_under_review = $1', [
    stateUnderReview,
  ])) as { day: string }[];
  return new Set(rows.map(({ day }) => day));
}
