-- The event log of the embedded profile: partitioned topics with offsets and groups, kept in PostgreSQL.

create table log_topic (
  id smallint generated always as identity primary key,
  name text not null unique,
  partitions integer not null check (partitions > 0)
);

-- One row a partition. Its lock orders the senders; next_offset is the offset of the next record.
create table log_partition (
  topic_id smallint not null references log_topic,
  partition smallint not null,
  first_offset bigint not null default 0,
  next_offset bigint not null default 0,
  primary key (topic_id, partition)
) with (fillfactor = 50);

create table log_record (
  topic_id smallint not null,
  partition smallint not null,
  record_offset bigint not null,
  key text not null,
  value text not null,
  headers text not null,
  appended_at timestamptz not null default clock_timestamp(),
  primary key (topic_id, partition, record_offset)
);
create index log_record_appended_at on log_record using brin (appended_at);

-- Where each group goes on reading.
create table log_group_offset (
  consumer_group text not null,
  topic_id smallint not null references log_topic,
  partition smallint not null,
  next_offset bigint not null,
  committed_at timestamptz not null default now(),
  primary key (consumer_group, topic_id, partition)
) with (fillfactor = 50);
