import { Injectable } from '@nestjs/common';
import { Database, tryLockInTransaction, type Transaction } from '@followthrough/database';
import { APPLYING } from '@followthrough/imports';
import { audit, Clock, Problem, type CallerIdentity } from '@followthrough/service-kit';
import { findStateByCode } from '@followthrough/vocabulary';
import { joinKeyOf } from '../domain/held/join-key';
import type { Statement } from '../domain/held/statement';
import { answersFor } from '../outbound/source-rows';
import { holdRecommendations } from './hold-recommendations';

const CHUNK = 1000;

interface Affected {
  id: number;
  joinKey: string;
  identity: string;
  statement: Statement;
}

/**
 * Says which State a name means, for all records that bear it and all that will come. Nothing guesses: a person
 * answers, and may answer again.
 */
@Injectable()
export class AnswerQuestion {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param stateCode alpha-3, or null where the name is of no State
   * @returns how many recommendations changed
   */
  async answer(caller: CallerIdentity, questionId: string, stateCode: string | null): Promise<number> {
    if (stateCode !== null && !findStateByCode(stateCode)) {
      throw new Problem('invalid', 'state-unknown', `${stateCode} is not the alpha-3 code of a State.`);
    }
    return this.database.transaction(async (tx) => {
      if (!(await tryLockInTransaction(tx, APPLYING))) {
        throw new Problem(
          'conflict',
          'import-under-way',
          'An import is being applied: answer once it is done.',
        );
      }
      const [question]: { key: string }[] = await tx.query(
        `update open_question set state_code = $2, answered_by = $3, answered_at = $4
         where id = $1 returning name_key as key`,
        [questionId, stateCode ?? '', caller.id, this.clock.now()],
      );
      if (!question) throw new Problem('not-found', 'question-not-found', 'There is no such question.');
      const keys = await this.rejoin(tx, question.key);
      let changed = 0;
      const announce = await this.wasAnnounced(tx, question.key);
      for (let from = 0; from < keys.length; from += CHUNK) {
        const result = await holdRecommendations(tx, keys.slice(from, from + CHUNK), {
          importId: '',
          announce,
          withdrawal: 'source-changed',
          at: this.clock.now(),
        });
        changed += result.recorded + result.revised + result.withdrawn;
      }
      await this.refreshImports(tx, question.key);
      await audit(tx, {
        caller,
        action: 'open-question.answer',
        subject: 'open-question',
        subjectId: questionId,
        details: { stateCode, changed },
      });
      return changed;
    });
  }

  /** Gives the records their new join keys. @returns the old and the new ones */
  private async rejoin(tx: Transaction, key: string): Promise<string[]> {
    const affected: Affected[] = await tx.query(
      `select id, join_key as "joinKey", encode(identity_key, 'hex') as identity, record as statement
       from source_record where questions @> array[$1] order by id`,
      [key],
    );
    const answers = await answersFor(
      tx,
      affected.map((record) => record.statement),
    );
    const moves = affected.map((record) => ({
      id: record.id,
      old: record.joinKey,
      key: joinKeyOf(record.statement, record.identity, answers),
    }));
    const moved = JSON.stringify(moves.filter((move) => move.old !== move.key));
    // A recommendation that moves as a whole keeps its id; where its new place is taken its sources join that one.
    await tx.query(
      `update recommendation r set natural_key = m.key
       from (select distinct on (key) old, key from jsonb_to_recordset($1::jsonb) as g (old text, key text) order by key, old) m
       where r.natural_key = m.old and not exists (select from recommendation o where o.natural_key = m.key)`,
      [moved],
    );
    await tx.query(
      `update source_record s set join_key = m.key
       from jsonb_to_recordset($1::jsonb) as m (id bigint, key text) where s.id = m.id`,
      [moved],
    );
    await tx.query(
      `update import_row i set join_key = m.key
       from jsonb_to_recordset($1::jsonb) as m (id bigint, key text) where i.source_record_id = m.id`,
      [moved],
    );
    return [...new Set(moves.flatMap((move) => [move.old, move.key]))].sort();
  }

  private async wasAnnounced(tx: Transaction, key: string): Promise<boolean> {
    const [found] = await tx.query(
      `select exists (
         select from source_record s
         join source_membership m on m.source_record_id = s.id
         join import i on i.id = m.import_id and i.announce
         where s.questions @> array[$1]) as announced`,
      [key],
    );
    return found.announced;
  }

  /** Imports that wait to be applied show what is still open, and whom their rows are about now. */
  private async refreshImports(tx: Transaction, key: string): Promise<void> {
    await tx.query(
      `with waiting as (
         select distinct i.import_id as id from import_row i
         join source_record s on s.id = i.source_record_id and s.questions @> array[$1]
         join import w on w.id = i.import_id and w.state = 'ready'),
       named as (
         select w.id, coalesce(s.record #>> '{stateUnderReview,code}', q.state_code, '') as state
         from waiting w join import_row i on i.import_id = w.id join source_record s on s.id = i.source_record_id
         left join lateral (
           select o ->> 'key' as key from jsonb_array_elements(coalesce(s.record -> 'open', '[]')) o
           where o ->> 'raw' = s.record #>> '{stateUnderReview,raw}' limit 1) k on true
         left join open_question q on q.name_key = k.key and q.answered_at is not null),
       open as (
         select w.id, count(distinct name) filter (where q.answered_at is null) as n
         from waiting w join import_row i on i.import_id = w.id
         join source_record s on s.id = i.source_record_id
         cross join unnest(s.questions) name join open_question q on q.name_key = name
         group by w.id)
       update import i
       set scope = (select array_agg(distinct state order by state) from named where named.id = i.id),
           preview = i.preview || jsonb_build_object('openQuestions', coalesce(open.n, 0))
       from waiting w left join open on open.id = w.id
       where i.id = w.id`,
      [key],
    );
  }
}
