import { Problem, Public } from '@followthrough/service-kit';
import { findStateByCode, resolveState, stateName } from '@followthrough/vocabulary';
import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DateTime } from 'luxon';
import { FromStateReader, type Asked, type Changed } from '../outbound/view/from-state.reader';
import { writeFromState } from './from-state-workbook';
import { pageOf } from './paging';

const PAGE_SIZE = 20;
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What one State asked of whom, with the answer, and what has changed since a date. */
@Controller('from')
export class FromStateController {
  constructor(private readonly reader: FromStateReader) {}

  /** @param asked code of three letters, or a name in any UN language; with `.xlsx` after it the workbook */
  @Get(':state')
  @Header('cache-control', 'no-cache')
  @Public()
  async from(
    @Param('state') asked: string,
    @Query() query: Record<string, string | string[]>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const since = sinceOf(query.since);
    if (!asked.toLowerCase().endsWith('.xlsx')) return this.page(codeOf(asked), pageOf(query.page), since);
    const code = codeOf(asked.slice(0, -'.xlsx'.length));
    const language = typeof query.lang === 'string' ? query.lang : 'en';
    const changes = since ? await this.reader.changes(code, since) : [];
    response.type(WORKBOOK).attachment(`recommendations-from-${code}.xlsx`);
    await writeFromState(response, { all: this.reader.all(code), changes, since: since !== null, language });
    return undefined;
  }

  private async page(code: string, page: number, since: Date | null) {
    const counts = await this.reader.counts(code);
    const grouped = (by: 'state' | 'cycle') => {
      const groups = new Map<string, Asked>();
      for (const { key, position, count } of counts.filter((one) => one.by === by)) {
        const asked = groups.get(key) ?? { total: 0, positions: {} };
        asked.total += count;
        asked.positions[position] = count;
        groups.set(key, asked);
      }
      return [...groups];
    };
    const byState = grouped('state').map(([state, asked]) => ({ state, ...asked }));
    const total = byState.reduce((sum, one) => sum + one.total, 0);
    const [recommendations, changed] = await Promise.all([
      this.reader.page(code, (page - 1) * PAGE_SIZE, PAGE_SIZE),
      since ? this.reader.changes(code, since) : Promise.resolve<Changed[]>([]),
    ]);
    return {
      state: code,
      name: stateName(code, 'en'),
      total,
      byState: byState.sort((a, b) => b.total - a.total || (a.state < b.state ? -1 : 1)),
      byCycle: grouped('cycle').map(([cycle, asked]) => ({ cycle: Number(cycle), ...asked })),
      since: since?.toISOString() ?? null,
      changed,
      page,
      pages: Math.ceil(total / PAGE_SIZE),
      recommendations,
    };
  }
}

/** @throws Problem `state-not-known` with suggestions */
function codeOf(asked: string): string {
  const code = asked.toUpperCase();
  if (findStateByCode(code)) return code;
  const resolved = resolveState(asked, { demo: true });
  if (resolved.code) return resolved.code;
  const suggestions = resolved.suggestions?.map(({ code, name }) => ({ code, name })) ?? [];
  throw new Problem('not-found', 'state-not-known', `"${asked}" is no State that we know of.`, {
    suggestions,
  });
}

/** The beginning of the day, in UTC. */
function sinceOf(asked: string | string[] | undefined): Date | null {
  if (asked === undefined || asked === '') return null;
  const date = typeof asked === 'string' ? DateTime.fromFormat(asked, 'yyyy-MM-dd', { zone: 'utc' }) : null;
  if (date?.isValid) return date.toJSDate();
  throw new Problem('invalid', 'date-not-understood', 'since is a date such as 2024-03-01.');
}
