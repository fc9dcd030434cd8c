import { types } from 'pg';

const { builtins } = types;

/** bigint: a number while that is exact, beyond that the digits as PostgreSQL wrote them. */
function readBigint(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

const asWritten = (text: string): string => text;

const textParsers: Record<number, (text: string) => unknown> = {
  [builtins.INT8]: readBigint,
  // A date has no time and no zone; a JavaScript Date would move it across midnight.
  [builtins.DATE]: asWritten,
};

/**
 * How values come out of PostgreSQL: `bigint` as number (text beyond 2^53), `date` as `YYYY-MM-DD`, `numeric` as
 * text, `timestamptz` as Date. Given to each pool, so that other users of `pg` in the process keep their own.
 */
export const valueParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: any) => unknown {
    const own = format === 'binary' ? undefined : textParsers[oid];
    return own ?? (types.getTypeParser(oid, format) as (value: any) => unknown);
  },
};
