import { Database } from '@followthrough/database';
import { audit, type CallerIdentity } from '@followthrough/service-kit';
import { Injectable } from '@nestjs/common';
import { notYourState } from './refusal';

/** Keeps the days on which nobody in a State is reminded of anything. */
@Injectable()
export class KeepHolidays {
  constructor(private readonly database: Database) {}

  /** Puts these days in the place of all those of the year. */
  async run(
    caller: CallerIdentity,
    stateUnderReview: string,
    year: number,
    holidays: { date: string; name: string }[],
  ): Promise<void> {
    if (!caller.can('rounds.write', stateUnderReview)) throw notYourState();
    await this.database.transaction(async (tx) => {
      await tx.query(
        'delete from holiday where state_under_review = $1 and extract(year from on_date) = $2',
        [stateUnderReview, year],
      );
      await tx.query(
        `insert into holiday (state_under_review, on_date, name)
         select $1, date, name from json_to_recordset($2) as row (date date, name text)
         on conflict (state_under_review, on_date) do update set name = excluded.name`,
        [stateUnderReview, JSON.stringify(holidays)],
      );
      await audit(tx, {
        caller,
        action: 'holidays.keep',
        subject: 'holidays',
        subjectId: `${stateUnderReview}-${year}`,
        stateUnderReview,
        details: { days: holidays.length },
      });
    });
  }
}
