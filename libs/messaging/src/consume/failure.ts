import { errorCode, isDiskFull, isUnreachable, type Database } from '@followthrough/database';
import { LaterError, NeverError } from '../failures';

/**
 * What a failure says about the event: `outage` nothing, the consumer's own database is at fault; `later` and
 * `never` the handler has decided; `unclear` it may be worth another try.
 */
export type Fate = 'outage' | 'later' | 'never' | 'unclear';

export async function fateOf(error: unknown, database: Database): Promise<Fate> {
  if (error instanceof NeverError) return 'never';
  if (error instanceof LaterError) return 'later';
  if (await isOutage(error, database)) return 'outage';
  return 'unclear';
}

/** insufficient_resources; read_only_sql_transaction: a server that has just become a standby. */
const isShortage = (code: string | null): boolean =>
  code !== null && (code.startsWith('53') || code === '25006');

async function isOutage(error: unknown, database: Database): Promise<boolean> {
  if (isDiskFull(error) || isShortage(errorCode(error))) return true;
  // A handler may also have failed to reach something else than its database.
  return isUnreachable(error) && !(await answers(database));
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.query('select 1');
    return true;
  } catch {
    return false;
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 4000) : String(error).slice(0, 4000);
