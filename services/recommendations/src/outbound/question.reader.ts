import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';

const PAGE_ROWS = 50;

/** Names of States that wait for somebody to say which State they mean. */
@Injectable()
export class QuestionReader {
  constructor(private readonly database: Database) {}

  async open(page: number) {
    const [counted] = await this.database.query(
      'select count(*)::int as total from open_question q where q.answered_at is null and exists (select from source_record s where s.questions @> array[q.name_key])',
    );
    const questions = await this.database.query(
      `select q.id, q.raw, q.suggestions, q.asked_at as "askedAt", counted.records
       from open_question q
       join lateral (
         select count(*)::int as records from source_record s where s.questions @> array[q.name_key]) counted on counted.records > 0
       where q.answered_at is null
       order by counted.records desc, q.raw limit ${PAGE_ROWS} offset $1`,
      [(page - 1) * PAGE_ROWS],
    );
    return { total: counted.total as number, questions };
  }
}
