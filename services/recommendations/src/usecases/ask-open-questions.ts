import type { Transaction } from '@followthrough/database';
import { v7 as uuidv7 } from 'uuid';

/**
 * Opens a question for each name in an import's rows that nobody can resolve; one that was asked before is not
 * asked again.
 * @returns how many of the names still wait for an answer
 */
export async function askOpenQuestions(tx: Transaction, importId: string): Promise<number> {
  const names: { key: string; raw: string; suggestions: string[] }[] = await tx.query(
    `select distinct on (o ->> 'key') o ->> 'key' as key, o ->> 'raw' as raw, o -> 'suggestions' as suggestions
     from import_row r
     join source_record s on s.id = r.source_record_id and s.questions is not null
     cross join jsonb_array_elements(s.record -> 'open') o
     where r.import_id = $1 and not r.idle
     order by o ->> 'key', r.no`,
    [importId],
  );
  if (names.length === 0) return 0;
  await tx.query(
    `insert into open_question (id, name_key, raw, suggestions)
     select n.id, n.key, n.raw, n.suggestions
     from jsonb_to_recordset($1::jsonb) as n (id uuid, key text, raw text, suggestions text[])
     on conflict (name_key) do nothing`,
    [JSON.stringify(names.map((name) => ({ ...name, id: uuidv7() })))],
  );
  const [waiting] = await tx.query(
    'select count(*)::int as n from open_question where name_key = any($1) and answered_at is null',
    [names.map((name) => name.key)],
  );
  return waiting.n;
}
