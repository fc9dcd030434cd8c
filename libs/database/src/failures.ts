/** The SQLSTATE of a PostgreSQL error, or the `code` of a system error, also when TypeORM has wrapped it. */
export function errorCode(error: unknown): string | null {
  const code =
    (error as { code?: unknown } | null)?.code ??
    (error as { driverError?: { code?: unknown } })?.driverError?.code;
  return typeof code === 'string' ? code : null;
}

/** A sentence for the person who runs the instance: what is wrong and what to do. Shown without a stack. */
export class DatabaseProblem extends Error {
  constructor(
    readonly kind:
      'disk-full' | 'unreachable' | 'refused' | 'too-old' | 'not-allowed' | 'unsuitable' | 'in-use',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DatabaseProblem';
  }
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';

/** Whether the same transaction, run again from its beginning, may succeed. */
export function isWorthRetrying(error: unknown): boolean {
  const code = errorCode(error);
  return code === serializationFailure || code === deadlockDetected;
}

/** Disk full: PostgreSQL says 53100, the operating system ENOSPC, initdb and a dying server only say it in words. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return (
    code === '53100' ||
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    (error instanceof Error && saysDiskFull(error.message))
  );
}

export function saysDiskFull(text: string): boolean {
  return /No space left on device|Disk quota exceeded/i.test(text);
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // admin_shutdown, crash_shutdown, cannot_connect_now, connection failures of class 08
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);

/** Whether the server cannot be reached now: an outage, not a fault of the statement. */
export function isUnreachable(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== null) return unreachable.has(code);
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout expired|timeout exceeded when trying to connect)/.test(error.message)
  );
}

/**
 * What a failure of the database means to whoever runs the instance, in one sentence that says what to do; null
 * when it is no such failure but one of the statement.
 */
export function explainDatabaseError(error: unknown): string | null {
  if (error instanceof DatabaseProblem) return error.message;
  if (isDiskFull(error)) {
    return 'The disk that holds the database is full: free some space on it, or move the data to a larger disk; nothing of the unfinished change was kept.';
  }
  if (isUnreachable(error)) {
    return 'The database server cannot be reached: see that it runs and that DATABASE_URL names it; work goes on by itself once it answers.';
  }
  if (errorCode(error) === '53300') {
    return 'The database server has no free connection: raise its max_connections (this instance needs up to 100), or stop what else uses it.';
  }
  return null;
}
