import { Database } from '@followthrough/database';
import { Caller, Problem, Requires, zodBody, type CallerIdentity } from '@followthrough/service-kit';
import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import type { z } from 'zod';
import { KeepHolidays } from '../usecases/keep-holidays';
import { notYourState } from '../usecases/refusal';
import { holidays, state as stateCode } from './schemas';

/** Days on which nobody in a State is reminded of anything. */
@Controller('holidays')
export class HolidaysController {
  constructor(
    private readonly database: Database,
    private readonly keeping: KeepHolidays,
  ) {}

  @Get(':state')
  @Requires('rounds.read')
  async list(@Param('state') named: string, @Caller() caller: CallerIdentity) {
    const state = stateOf(named);
    if (!caller.can('rounds.read', state)) throw notYourState();
    const days = await this.database.query<{ date: string; name: string }>(
      `select on_date::text as date, name from holiday where state_under_review = $1 order by on_date`,
      [state],
    );
    return { days };
  }

  /** Puts these days in the place of all of their year. */
  @Put(':state')
  @HttpCode(204)
  @Requires('rounds.write')
  async keep(
    @Param('state') named: string,
    @Body(zodBody(holidays)) { year, days }: z.infer<typeof holidays>,
    @Caller() caller: CallerIdentity,
  ): Promise<void> {
    const astray = days.find(({ date }) => !date.startsWith(`${year}-`));
    if (astray)
      throw new Problem('invalid', 'day-of-another-year', `${astray.date} is no day of the year ${year}.`);
    await this.keeping.run(caller, stateOf(named), year, days);
  }
}

function stateOf(named: string): string {
  const parsed = stateCode.safeParse(named);
  if (parsed.success) return parsed.data;
  throw new Problem('invalid', 'state-not-understood', `${parsed.error.issues[0]!.message}.`);
}
