-- The import funnel: uploaded bytes, imports, what their rows say before and after they are applied.

-- Bytes, once however often they are uploaded. Chunks of office files are compressed already.
create table chunk (
  sha256 bytea primary key,
  bytes bytea not null
);
alter table chunk alter column bytes set storage external;

create table upload (
  id uuid primary key,
  name text not null,
  -- of the whole file, lower-case hex; null until the last byte has arrived
  sha256 text,
  bytes bigint not null default 0,
  created_by text,
  created_at timestamptz not null default now()
);
create index upload_unfinished on upload (created_at) where sha256 is null;

create table upload_chunk (
  upload_id uuid not null references upload on delete cascade,
  no integer not null,
  sha256 bytea not null references chunk,
  primary key (upload_id, no)
);
create index upload_chunk_sha256 on upload_chunk (sha256);

create table import (
  id uuid primary key,
  -- null where the rows were not read from a file (demonstration data)
  upload_id uuid references upload,
  file_name text not null,
  bytes bigint not null default 0,
  sha256 text not null default '',
  state text not null check (state in ('parsing', 'needs-mapping', 'ready', 'applying', 'applied',
    'undoing', 'undone', 'failed', 'discarded')),
  format text,
  -- which kind of source this is when sources are ranked
  family text,
  -- what was asked for: template, mapping, facts about the document
  request jsonb not null default '{}',
  -- what the file was read by
  template text,
  mapping jsonb,
  document jsonb not null default '{}',
  columns jsonb,
  missing text[] not null default '{}',
  warnings text[] not null default '{}',
  -- States under review that its rows are about; '' where one of them names none that is known
  scope text[] not null default '{}',
  -- row numbers given out, rejected rows not among them
  staged integer not null default 0,
  rejected integer not null default 0,
  -- some of its rows join in one subject
  shares boolean not null default false,
  counts jsonb,
  preview jsonb,
  announce_default boolean not null default false,
  announce boolean,
  -- order in which imports were applied: of two equal in rank the later says what is true
  apply_no bigint unique,
  -- last row number that the state now going on is done with
  cursor integer not null default 0,
  result jsonb,
  error jsonb,
  demo boolean not null default false,
  created_by text,
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  undone_at timestamptz
);
create index import_created_at on import (created_at desc);
create index import_under_way on import (id) where state in ('parsing', 'applying', 'undoing');

-- What a source says, once per content. It is held true only while a membership says which import brought it.
create table source_record (
  id bigint generated always as identity primary key,
  -- the same record in another edition of its source
  identity_key bytea not null,
  -- unchanged since
  content_hash bytea not null,
  family text not null,
  -- records with the same key say things about the same subject
  join_key text not null,
  record jsonb not null,
  -- the cells it was read from, by heading
  raw json not null,
  -- names in it that nobody could resolve
  questions text[],
  unique (identity_key, content_hash)
);
create index source_record_join_key on source_record (join_key);
create index source_record_questions on source_record using gin (questions) where questions is not null;

-- Rows of an import as read, until it is applied and a while longer: what a person sees in the preview. Scratch,
-- written by the hundred thousand: it goes without foreign keys, and the sweep knows about it.
create table import_row (
  import_id uuid not null,
  no integer not null,
  at jsonb not null,
  source_record_id bigint not null,
  join_key text not null,
  -- another row of the import has the same join key
  shared boolean not null default false,
  -- says nothing that is not held true already, and is not applied
  idle boolean not null default false,
  -- found by the dry run; null: new
  standing text check (standing in ('changed', 'unchanged')),
  subject_id uuid,
  before jsonb,
  primary key (import_id, no)
);
create index import_row_shared on import_row (import_id, join_key) where shared;
create index import_row_standing on import_row (import_id, standing, no) where standing is not null;

create table import_reject (
  import_id uuid not null references import on delete cascade,
  no integer not null,
  at jsonb not null,
  reason text not null,
  cure text not null,
  raw json not null,
  primary key (import_id, no)
);

-- Which import, applied and not undone, brought a source record, and from where in its file. Without a foreign
-- key, which would lock and rewrite every record again: nothing deletes a record that an import_row refers to.
create table source_membership (
  import_id uuid not null,
  row_no integer not null,
  source_record_id bigint not null,
  apply_no bigint not null,
  at jsonb not null,
  primary key (import_id, row_no)
);
create index source_membership_record on source_membership (source_record_id, apply_no desc);
