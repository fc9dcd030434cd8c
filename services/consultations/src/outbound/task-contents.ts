import type { Answer } from '../domain/rounds/answer';
import type { SavedAnswer } from './answers';
import type { Reader } from './reader';

export interface EvidenceFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
}

/** A recommendation that is asked about, with what was said of it before and what is said now. */
export interface AskedRecommendation {
  recommendationId: string;
  symbol: string;
  paragraph: string;
  text: string;
  language: string;
  position: string;
  withdrawn: boolean;
  last: (Answer & { releasedAt: string }) | null;
  answer: SavedAnswer | null;
  files: EvidenceFile[];
}

/**
 * In the order of documents and paragraphs.
 * @param only null: all of the task
 */
export async function taskContents(
  reader: Reader,
  taskId: string,
  only: string[] | null,
): Promise<AskedRecommendation[]> {
  const rows = (await reader.query(
    `select q.recommendation_id as "recommendationId", coalesce(r.symbol, '') as symbol,
            coalesce(r.paragraph, '') as paragraph, coalesce(r.text, '') as text,
            coalesce(r.language, 'und') as language, coalesce(r.position, '') as position,
            coalesce(r.withdrawn, true) as withdrawn, last.said as last, now.said as answer,
            coalesce(files.held, '[]') as files
     from round_task_recommendation q
     left join recommendation_copy r using (recommendation_id)
     left join lateral (
       select json_build_object('status', a.status, 'text', a.text, 'links', a.links, 'unchanged', a.unchanged,
                                'releasedAt', l.released_at) as said
       from released_answer l
       join answer a on (a.task_id, a.recommendation_id, a.version) = (l.task_id, l.recommendation_id, l.answer_version)
       where l.recommendation_id = q.recommendation_id and l.task_id <> q.task_id
       order by l.version desc limit 1) last on true
     left join lateral (
       select json_build_object('version', a.version, 'status', a.status, 'text', a.text, 'links', a.links,
                                'unchanged', a.unchanged, 'savedAt', a.saved_at) as said
       from answer a where a.task_id = q.task_id and a.recommendation_id = q.recommendation_id
       order by a.version desc limit 1) now on true
     left join lateral (
       select json_agg(json_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes)
                       order by f.added_at, f.id) as held
       from evidence_file f where f.task_id = q.task_id and f.recommendation_id = q.recommendation_id) files on true
     where q.task_id = $1 and ($2::uuid[] is null or q.recommendation_id = any($2))`,
    [taskId, only],
  )) as AskedRecommendation[];
  const order = new Intl.Collator('en', { numeric: true });
  return rows.sort((a, b) => order.compare(a.symbol, b.symbol) || order.compare(a.paragraph, b.paragraph));
}

/** A file of a task, null where the task has none of this id within reach. */
export async function evidenceContent(
  reader: Reader,
  taskId: string,
  fileId: string,
  only: string[] | null,
): Promise<{ name: string; mediaType: string; content: Buffer } | null> {
  const [file] = (await reader.query(
    `select name, media_type as "mediaType", content from evidence_file
     where id = $1 and task_id = $2 and ($3::uuid[] is null or recommendation_id = any($3))`,
    [fileId, taskId, only],
  )) as { name: string; mediaType: string; content: Buffer }[];
  return file ?? null;
}
