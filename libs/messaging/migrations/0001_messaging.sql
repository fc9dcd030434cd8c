-- What a service needs to publish and consume events, in its own database.

-- Facts not yet sent. id, aggregatetype, aggregateid, type and payload are the column names of Debezium's
-- outbox event router, so that a site may put Debezium in the relay's place.
-- The payload is text and not jsonb: the bytes that were signed off by the publisher are the bytes sent.
create table outbox (
  sequence bigint generated always as identity primary key,
  slot smallint not null,
  id uuid not null,
  topic text not null,
  aggregatetype text not null,
  aggregateid text not null,
  type text not null,
  payload text not null,
  version bigint not null,
  generation integer not null,
  occurredat timestamptz not null,
  stateunderreview text,
  visibility text not null,
  correlationid text,
  causationid text,
  traceparent text,
  headers jsonb
);
-- A queue: nearly always empty, and all its rows are soon dead.
alter table outbox set (
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 50000,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 1000000
);

-- Events that a consumer of this database has taken in. Written first in the handler's transaction.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  received_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_received_at on inbox using brin (received_at);

-- Events that wait, in order of their key. While a key has rows here its later events are appended.
create table deferred_event (
  consumer text not null,
  key text not null,
  seq bigint generated always as identity,
  event_id uuid not null,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  value bytea not null,
  headers jsonb not null,
  attempts integer not null,
  due_at timestamptz not null,
  error text not null,
  deferred_at timestamptz not null default now(),
  primary key (consumer, key, seq)
);
create index deferred_event_due on deferred_event (consumer, due_at);

-- Events that can't be handled without a person. Kept after they are resolved, as a record of what was done.
create table parked_event (
  id uuid primary key,
  consumer text not null,
  key text not null,
  event_id uuid,
  event_type text,
  topic text not null,
  partition integer not null,
  record_offset bigint not null,
  value bytea not null,
  headers jsonb not null,
  reason text not null,
  attempts integer not null,
  parked_at timestamptz not null default now(),
  resolution text check (resolution in ('retried', 'skipped')),
  resolved_at timestamptz,
  resolved_by text,
  -- Read again after a crash, the same record is parked once.
  unique (consumer, topic, partition, record_offset)
);
create index parked_event_open on parked_event (consumer, parked_at) where resolution is null;
