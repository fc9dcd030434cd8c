import { AsyncResource } from 'node:async_hooks';
import type { EntityManager, QueryRunner } from 'typeorm';

const waiting = new WeakMap<QueryRunner, (() => void)[]>();

/**
 * Runs `run` in this process once the transaction has committed, never if it rolls back. It is a bell, not a
 * promise: a crash between commit and call loses it, so whoever is rung must also look by itself.
 * It runs in the asynchronous context of whoever asked for it, not of whoever commits. What `run` throws is swallowed.
 */
export function afterCommit(tx: EntityManager, run: () => void): void {
  const bells = tx.queryRunner && waiting.get(tx.queryRunner);
  if (!bells)
    throw new Error('afterCommit needs the transaction that Database.transaction() hands to its work');
  bells.push(AsyncResource.bind(run));
}

/** Opens the list that `afterCommit` adds to; the returned function rings and empties it. */
export function collectBells(runner: QueryRunner): () => void {
  const bells: (() => void)[] = [];
  waiting.set(runner, bells);
  return () => {
    for (const ring of bells.splice(0)) {
      try {
        ring();
      } catch {
        // The transaction has committed: nothing that a bell does may turn that into a failure.
      }
    }
  };
}
