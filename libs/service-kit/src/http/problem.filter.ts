import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { currentContext } from '../context';
import type { Logger } from '../log';
import { Problem, problemStatus, type ProblemKind } from '../problem';

const kindOfStatus = new Map<number, ProblemKind>(
  (Object.entries(problemStatus) as [ProblemKind, number][]).map(([kind, status]) => [status, kind]),
);

/** PostgreSQL and file system errors that an operator can mend, in a sentence. */
const mendable: Record<string, [ProblemKind, string, string]> = {
  '53100': [
    'out-of-space',
    'disk-full',
    'The disk of the database is full: free some space, then try again.',
  ],
  ENOSPC: ['out-of-space', 'disk-full', 'The disk is full: free some space, then try again.'],
  ECONNREFUSED: ['unavailable', 'database-away', 'The database does not answer: try again in a moment.'],
  '57P01': ['unavailable', 'database-away', 'The database is restarting: try again in a moment.'],
  '57P03': ['unavailable', 'database-away', 'The database is starting: try again in a moment.'],
  '53300': ['unavailable', 'database-busy', 'The database has no connection free: try again in a moment.'],
};

/** Turns whatever was thrown into a {@link Problem}; only what nobody foresaw is logged as an error. */
export function problemOf(error: unknown, log: Logger): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) {
    const kind = kindOfStatus.get(error.getStatus()) ?? (error.getStatus() < 500 ? 'invalid' : 'internal');
    return new Problem(kind, kind, error.message);
  }
  const raised = error as { code?: string; driverError?: { code?: string }; status?: number; type?: string };
  const code = raised.driverError?.code ?? raised.code;
  const known = code === undefined ? undefined : mendable[code];
  if (known) {
    log.warn({ err: error }, known[2]);
    return new Problem(...known);
  }
  if (raised.type === 'entity.too.large') {
    return new Problem('too-large', 'body-too-large', 'The request body is too large.');
  }
  if (raised.status !== undefined && raised.status >= 400 && raised.status < 500) {
    return new Problem('invalid', 'request-not-understood', 'The request could not be read.');
  }
  log.error({ err: error }, 'A request failed for a reason that nobody foresaw');
  return new Problem(
    'internal',
    'unforeseen',
    'Something went wrong on our side. Try again; if it stays so, give the reference to your administrator.',
  );
}

/** Writes an RFC 9457 problem document. */
export function sendProblem(response: Response, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = problemStatus[problem.kind];
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        ...problem.extra,
        type: `urn:followthrough:problem:${problem.slug}`,
        title: problem.kind,
        status,
        detail: problem.detail,
        reference: currentContext()?.correlationId,
      }),
    );
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    sendProblem(host.switchToHttp().getResponse<Response>(), problemOf(error, this.log));
  }
}
