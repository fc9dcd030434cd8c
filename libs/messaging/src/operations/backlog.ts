import type { Client } from 'pg';

/** Events of a service that are under way, in its own database. */
export interface Backlog {
  /** Not yet sent. */
  outbox: number;
  /** Wait to be tried again. */
  deferred: number;
  /** Wait for a person. */
  parked: number;
}

/** @param client in a database that `messagingMigrations` have run in */
export async function backlogOf(client: Client): Promise<Backlog> {
  const { rows } = await client.query<Backlog>(
    `SELECT (SELECT count(*)::int FROM outbox) AS outbox,
            (SELECT count(*)::int FROM deferred_event) AS deferred,
            (SELECT count(*)::int FROM parked_event WHERE resolution IS NULL) AS parked`,
  );
  return rows[0]!;
}
