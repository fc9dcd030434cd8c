import type { LoggerService } from '@nestjs/common';
import pino from 'pino';
import { currentContext } from './context';
import { spanIdOf, traceIdOf } from './tracing/traceparent';

export type Logger = pino.Logger;

/** Injection token of a service's own logger. */
export const LOGGER = Symbol('logger');

/** Structured logs to standard error; secrets and addresses are struck out wherever they may stand. */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'req.headers.authorization',
        'req.headers.cookie',
        'res.headers["set-cookie"]',
        'password',
        'secret',
        'token',
        'email',
        '*.password',
        '*.secret',
        '*.token',
        '*.email',
      ],
      censor: '[struck out]',
    },
    mixin: idsOfNow,
  };
  return pino(options, destination ?? pino.destination({ fd: 2, sync: false }));
}

/** What finds the lines of one piece of work again: here, in events and in the audit, and in traces. */
function idsOfNow(): object {
  const context = currentContext();
  if (!context) return {};
  const { correlationId, traceparent } = context;
  if (traceparent === null) return { correlationId };
  return { correlationId, trace_id: traceIdOf(traceparent), span_id: spanIdOf(traceparent) };
}

/** Nest's own messages, through the same logger. */
export function nestLogger(log: Logger): LoggerService {
  const write =
    (level: 'info' | 'error' | 'warn' | 'debug' | 'trace') =>
    (message: unknown, ...rest: unknown[]) =>
      log[level]({ nest: rest.filter((part) => typeof part === 'string') }, String(message));
  return {
    log: write('debug'),
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
  };
}
