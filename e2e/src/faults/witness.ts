/**
 * A consumer of the harness whose effects are not idempotent: a row for each event it is told, in the order of the
 * telling, and nothing that keeps a second row out. What the services' own effects would forgive is seen here.
 */
export const WITNESSED_SERVICE = 'funding';
export const WITNESS_GROUP = 'funding.witness';
export const WITNESSED_TABLE = `
  create table if not exists witnessed (
    nth bigint generated always as identity primary key,
    event_id uuid not null,
    aggregate_id text not null,
    version bigint not null
  )`;
