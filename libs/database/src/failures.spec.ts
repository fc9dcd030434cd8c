import { QueryFailedError } from 'typeorm';
import {
  DatabaseProblem,
  errorCode,
  explainDatabaseError,
  isDiskFull,
  isUnreachable,
  isWorthRetrying,
} from './failures';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

it('finds the code inside an error of TypeORM', () => {
  expect(errorCode(new QueryFailedError('SELECT 1', [], coded('53100')))).toBe('53100');
  expect(errorCode(coded('ENOSPC'))).toBe('ENOSPC');
  expect(errorCode(new Error('none'))).toBeNull();
  expect(errorCode(null)).toBeNull();
});

it('knows a full disk by code or by words', () => {
  expect(isDiskFull(coded('53100'))).toBe(true);
  expect(isDiskFull(coded('ENOSPC'))).toBe(true);
  expect(isDiskFull(new Error('could not extend file "base/1": No space left on device'))).toBe(true);
  expect(isDiskFull(coded('23505'))).toBe(false);
});

it('says what to do about outages, and nothing about faults of a statement', () => {
  expect(explainDatabaseError(coded('53100'))).toContain('free some space');
  expect(explainDatabaseError(coded('ECONNREFUSED'))).toContain('cannot be reached');
  expect(explainDatabaseError(coded('53300'))).toContain('max_connections');
  expect(explainDatabaseError(new DatabaseProblem('too-old', 'a sentence'))).toBe('a sentence');
  expect(explainDatabaseError(coded('23505'))).toBeNull();
});

it('tells an outage from a fault, and what may succeed when repeated', () => {
  expect(isUnreachable(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isUnreachable(coded('57P01'))).toBe(true);
  expect(isUnreachable(coded('22P02'))).toBe(false);
  expect(isWorthRetrying(coded('40P01'))).toBe(true);
  expect(isWorthRetrying(coded('40001'))).toBe(true);
  expect(isWorthRetrying(coded('23505'))).toBe(false);
});
