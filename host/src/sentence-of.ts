import { DatabaseProblem, explainDatabaseError } from '@followthrough/database';
import { ConfigError } from '@followthrough/service-kit';

/** One sentence for what an operator can mend; for the rest the reason and how to learn more. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DatabaseProblem) return error.message;
  const explained = explainDatabaseError(error);
  if (explained) return explained;
  const reason = error instanceof Error ? error : new Error(String(error));
  if ((reason as NodeJS.ErrnoException).code === 'ENOSPC')
    return 'The disk is full: free some space, then start again.';
  if (process.env.LOG_LEVEL === 'debug') return reason.stack ?? reason.message;
  return `Followthrough could not start: ${reason.message} (LOG_LEVEL=debug tells more.)`;
}
