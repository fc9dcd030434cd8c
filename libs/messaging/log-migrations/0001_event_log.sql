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

-- What one send brought to one partition: a line a record, each a JSON array of key, value and headers. A row a
-- record would cost several times as much to write and to keep.
create table log_block (
  topic_id smallint not null,
  partition smallint not null,
  last_offset bigint not null,
  record_count integer not null,
  appended_at timestamptz not null default clock_timestamp(),
  records text not null,
  primary key (topic_id, partition, last_offset)
);
create index log_block_appended_at on log_block using brin (appended_at);
-- Headers repeat: a block shrinks to a fifth. Not every server of a site is built with LZ4.
do $$ begin
  alter table log_block alter column records set compression lz4;
exception when feature_not_supported or invalid_parameter_value then null;
end $$;

-- For people who look at the log; nothing in the platform reads it.
create view log_record as
  select t.name as topic, b.partition, b.last_offset - b.record_count + r.nth as record_offset, b.appended_at,
         r.line::json ->> 0 as key, r.line::json ->> 1 as value, r.line::json -> 2 as headers
  from log_block b
  join log_topic t on t.id = b.topic_id
  cross join lateral string_to_table(b.records, E'\n') with ordinality as r (line, nth);

-- Where each group goes on reading.
create table log_group_offset (
  consumer_group text not null,
  topic_id smallint not null references log_topic,
  partition smallint not null,
  next_offset bigint not null,
  committed_at timestamptz not null default now(),
  primary key (consumer_group, topic_id, partition)
) with (fillfactor = 50);
