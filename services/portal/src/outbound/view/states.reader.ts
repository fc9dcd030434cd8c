import { Database } from '@followthrough/database';
import { Injectable } from '@nestjs/common';

@Injectable()
export class StatesReader {
  constructor(private readonly database: Database) {}

  /** In order of code; what is of no State yet is not counted. */
  underReview(): Promise<{ state: string; count: number; cycles: number[] }[]> {
    return this.database.query(
      `select state_under_review as state, count(*)::int as count,
              coalesce(array_agg(distinct cycle order by cycle) filter (where cycle > 0), '{}') as cycles
       from view.recommendation where held and state_under_review <> ''
       group by state_under_review order by state_under_review`,
    );
  }
}
