import type { Answer } from '../domain/rounds/answer';
import type { Reader } from './reader';

export interface SavedAnswer extends Answer {
  version: number;
  savedAt: Date;
}

const COLUMNS = `version, status, text, links, unchanged, saved_at as "savedAt"`;

/** The latest version of what a task says of a recommendation. */
export async function latestAnswer(
  reader: Reader,
  taskId: string,
  recommendationId: string,
): Promise<SavedAnswer | null> {
  const [row] = (await reader.query(
    `select ${COLUMNS} from answer where task_id = $1 and recommendation_id = $2 order by version desc limit 1`,
    [taskId, recommendationId],
  )) as SavedAnswer[];
  return row ?? null;
}

/** The answer that stands for a recommendation: the last that was released. */
export async function lastReleased(reader: Reader, recommendationId: string): Promise<Answer | null> {
  const [row] = (await reader.query(
    `select a.status, a.text, a.links, a.unchanged from released_answer r
     join answer a on (a.task_id, a.recommendation_id, a.version) = (r.task_id, r.recommendation_id, r.answer_version)
     where r.recommendation_id = $1 order by r.version desc limit 1`,
    [recommendationId],
  )) as Answer[];
  return row ?? null;
}

/** How many of a task's recommendations there are, and how many have an answer. */
export async function progressOf(
  reader: Reader,
  taskId: string,
): Promise<{ recommendations: number; answered: number }> {
  const [row] = (await reader.query(
    `select count(*)::int as recommendations,
            count(*) filter (where exists (select from answer a where a.task_id = q.task_id
                               and a.recommendation_id = q.recommendation_id))::int as answered
     from round_task_recommendation q where q.task_id = $1`,
    [taskId],
  )) as { recommendations: number; answered: number }[];
  return row!;
}
