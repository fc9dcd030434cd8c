-- Snapshots: an owner tells the present state of all its aggregates again, and copies are built from it.
-- See docs/adr/0011-snapshots.md.

-- At the owner: what was asked for, and how far it has been told. Not part of a backup: a restored database has told
-- nothing of its raised generation, and so knows that it has to.
create table snapshot (
  id uuid primary key,
  generation integer not null,
  -- The service that it is for; null: all.
  recipient text,
  -- Member or service account that asked; null where a restore did.
  asked_by text,
  asked_at timestamptz not null default now(),
  -- How many aggregates there were at the start; null before.
  total integer,
  told integer not null default 0,
  -- Events told in each partition.
  told_in integer[] not null default '{}',
  -- Where telling goes on: what the source calls the place after the last page.
  after text,
  -- Every page has been told; the marks of the end are still to come.
  all_told boolean not null default false,
  done_at timestamptz
);
-- One at a time: another would begin before the copies have counted the first.
create unique index snapshot_under_way on snapshot ((true)) where done_at is null;

-- At a copy: how far each group has come in each partition.
create table snapshot_taken (
  consumer text not null,
  topic text not null,
  partition integer not null,
  snapshot_id uuid not null,
  total integer not null,
  begun_at timestamptz not null default now(),
  taken integer not null default 0,
  gone integer not null default 0,
  done_at timestamptz,
  primary key (consumer, topic, partition)
);

-- What the copy held when the snapshot began and has not yet been told of; what is left at the end goes.
create table snapshot_suspect (
  consumer text not null,
  topic text not null,
  partition integer not null,
  key text not null,
  primary key (consumer, topic, partition, key)
);
